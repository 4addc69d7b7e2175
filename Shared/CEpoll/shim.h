#ifndef SOUK_CEPOLL_SHIM_H
#define SOUK_CEPOLL_SHIM_H

#include <stdint.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <unistd.h>

// Constants that are enumerators or casts in C, as plain integers.
static const uint32_t souk_epoll_in = EPOLLIN;
static const uint32_t souk_epoll_out = EPOLLOUT;
static const uint32_t souk_epoll_err = EPOLLERR;
static const uint32_t souk_epoll_hup = EPOLLHUP;
static const uint32_t souk_epoll_rdhup = EPOLLRDHUP;

static inline int souk_epoll_open(void) { return epoll_create1(EPOLL_CLOEXEC); }
static inline int souk_eventfd_open(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

static inline int souk_epoll_set(int epoll, int operation, int fd, uint32_t events, uint64_t token) {
    struct epoll_event event = { .events = events, .data = { .u64 = token } };
    return epoll_ctl(epoll, operation, fd, &event);
}

// A ready descriptor. C's epoll_event holds a union, which Swift cannot treat as safe.
typedef struct {
    uint64_t token;
    uint32_t events;
} souk_ready_event;

enum { souk_event_batch = 256 };

// Waits, then fills `ready`, which has room for souk_event_batch events. Returns their number, or -1.
static inline int souk_epoll_wait(int epoll, souk_ready_event *ready, int timeout_ms) {
    struct epoll_event events[souk_event_batch];
    int count = epoll_wait(epoll, events, souk_event_batch, timeout_ms);
    for (int i = 0; i < count; i++) {
        ready[i].token = events[i].data.u64;
        ready[i].events = events[i].events;
    }
    return count;
}

// Names the calling thread. The kernel keeps 15 bytes.
static inline void souk_name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }

#endif
