import CEpoll
import Glibc

/// What the loop's thread owns: the epoll set, the callbacks, the timers and the end-of-tick actions.
///
/// Not `Sendable`: ``ReadinessLoop`` lets nobody in from another thread.
final class LoopCore {
    private struct Slot {
        var generation: UInt32
        var callback: ((ReadyEvents) -> Void)?
    }

    /// The token of the loop's own wake-up descriptor. Slots never reach it.
    static let wakeToken = UInt64.max

    private let epoll: Int32
    private var slots: [Slot] = []
    private var freeSlots: [Int] = []
    private var timers = TimerHeap<ContinuousClock.Instant, LoopTimer>()
    private var cancelledTimers = 0
    private var endOfTick: [() -> Void] = []
    private var events = [souk_ready_event](repeating: souk_ready_event(), count: Int(souk_event_batch))

    init(wakeDescriptor: Int32) {
        self.epoll = souk_epoll_open()
        precondition(self.epoll >= 0, "epoll_create1 failed: no file descriptors left")
        self.watch(wakeDescriptor, interest: .read, token: Self.wakeToken)
    }

    deinit {
        close(self.epoll)
    }

    // MARK: - Sockets

    func register(_ fileDescriptor: Int32, interest: Interest, onReady: @escaping (ReadyEvents) -> Void) -> Registration {
        let index: Int
        if let free = self.freeSlots.popLast() {
            index = free
        } else {
            index = self.slots.count
            self.slots.append(Slot(generation: 0, callback: nil))
        }
        self.slots[index].callback = onReady
        // The generation keeps an event that was reported for a cancelled registration away from the slot's next owner.
        let token = UInt64(self.slots[index].generation) << 32 | UInt64(index)
        self.watch(fileDescriptor, interest: interest, token: token)
        return Registration(core: self, token: token, fileDescriptor: fileDescriptor, interest: interest)
    }

    func remove(_ registration: Registration) {
        let index = Int(registration.token & 0xFFFF_FFFF)
        self.slots[index].callback = nil
        self.slots[index].generation &+= 1
        self.freeSlots.append(index)
        self.unwatch(registration.fileDescriptor)
    }

    func watch(_ fileDescriptor: Int32, interest: Interest, token: UInt64) {
        var events: UInt32 = souk_epoll_rdhup
        if interest.contains(.read) { events |= souk_epoll_in }
        if interest.contains(.write) { events |= souk_epoll_out }
        // The kernel forgets a descriptor when it is closed, so "modify" may find nothing: then it is an "add".
        if souk_epoll_set(self.epoll, EPOLL_CTL_MOD, fileDescriptor, events, token) != 0, errno == ENOENT {
            _ = souk_epoll_set(self.epoll, EPOLL_CTL_ADD, fileDescriptor, events, token)
        }
    }

    func unwatch(_ fileDescriptor: Int32) {
        _ = souk_epoll_set(self.epoll, EPOLL_CTL_DEL, fileDescriptor, 0, 0)
    }

    /// Waits for events and calls their owners.
    ///
    /// - Returns: Whether the wake-up descriptor was among them.
    func poll(timeoutMilliseconds: Int32) -> Bool {
        let count = unsafe self.events.withUnsafeMutableBufferPointer { buffer in
            unsafe souk_epoll_wait(self.epoll, buffer.baseAddress, timeoutMilliseconds)
        }
        guard count > 0 else { return false }
        var woken = false
        for position in 0..<Int(count) {
            let event = self.events[position]
            if event.token == Self.wakeToken {
                woken = true
                continue
            }
            let index = Int(event.token & 0xFFFF_FFFF)
            guard self.slots[index].generation == UInt32(event.token >> 32) else { continue }
            self.slots[index].callback?(Self.readyEvents(event.events))
        }
        return woken
    }

    private static func readyEvents(_ bits: UInt32) -> ReadyEvents {
        var ready: ReadyEvents = []
        if bits & souk_epoll_in != 0 { ready.insert(.readable) }
        if bits & souk_epoll_out != 0 { ready.insert(.writable) }
        if bits & (souk_epoll_err | souk_epoll_hup | souk_epoll_rdhup) != 0 { ready.formUnion([.readable, .failed]) }
        return ready
    }

    // MARK: - Timers and the end of the tick

    func schedule(at due: ContinuousClock.Instant, _ action: @escaping () -> Void) -> LoopTimer {
        let timer = LoopTimer(core: self, action: action)
        self.timers.insert(timer, due: due)
        return timer
    }

    /// Most timers are deadlines that never pass. They are swept out when they are the majority.
    func timerWasCancelled() {
        self.cancelledTimers += 1
        guard self.cancelledTimers > 64, self.cancelledTimers > self.timers.count / 2 else { return }
        self.timers.compact { $0.action != nil }
        self.cancelledTimers = 0
    }

    func fireDueTimers() {
        guard self.timers.nextDue != nil else { return }
        let now = ContinuousClock.now
        while let timer = self.timers.popDue(at: now) {
            if timer.action == nil { self.cancelledTimers = max(0, self.cancelledTimers - 1) }
            timer.fire()
        }
    }

    /// How long the thread may sleep: until the next timer, rounded up, or for ever (-1).
    func sleepMilliseconds() -> Int32 {
        guard let due = self.timers.nextDue else { return -1 }
        let left = ContinuousClock.now.duration(to: due)
        guard left > .zero else { return 0 }
        let (seconds, attoseconds) = left.components
        guard seconds < 60 else { return 60_000 }
        return Int32(seconds * 1_000 + (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000)
    }

    func atEndOfTick(_ action: @escaping () -> Void) {
        self.endOfTick.append(action)
    }

    func runEndOfTick() {
        // An action may ask for another one: it belongs to this tick too.
        while !self.endOfTick.isEmpty {
            let actions = self.endOfTick
            self.endOfTick.removeAll(keepingCapacity: true)
            for action in actions { action() }
        }
    }
}
