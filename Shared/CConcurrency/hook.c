#include "CConcurrency.h"

#include <stdint.h>

// The Swift runtime's own hook and the function that its pool calls (swift/include/swift/Runtime/Concurrency.h). They have Swift's
// calling convention, which Swift code cannot name. Linked, not looked up by name: a static executable hides its symbols.
typedef __attribute__((swiftcall)) void (*original_enqueue)(void *job);
typedef __attribute__((swiftcall)) void (*enqueue_hook)(void *job, original_enqueue original);
extern enqueue_hook swift_task_enqueueGlobal_hook;
extern __attribute__((swiftcall)) void swift_job_run(void *job, void *executor, uintptr_t implementation);

static void (*enqueue_job)(void *job);

static __attribute__((swiftcall)) void take_job(void *job, original_enqueue original) {
    (void)original;
    enqueue_job(job);
}

void souk_send_jobs_to(void (*enqueue)(void *job)) {
    enqueue_job = enqueue;
    __atomic_store_n(&swift_task_enqueueGlobal_hook, take_job, __ATOMIC_RELEASE);
}

// No executor: it is what "anywhere" looks like to the runtime. A loop's own executor in its place would be one that
// each task has to leave first, by another turn of the queue.
void souk_run_job(void *job) {
    swift_job_run(job, 0, 0);
}
