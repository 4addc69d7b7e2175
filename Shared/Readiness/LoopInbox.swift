import CEpoll
import Glibc
import Synchronization

/// The door into the loop: work from any thread, in order, and the descriptor that wakes the sleeping thread.
final class LoopInbox: Sendable {
    enum Work: Sendable {
        case job(UnownedJob)
        case action(@Sendable () -> Void)
    }

    private struct State {
        var work: [Work] = []
        var isAsleep = false
        var isStopped = false
    }

    private let state = Mutex(State())
    let wakeDescriptor: Int32

    init() {
        self.wakeDescriptor = souk_eventfd_open()
        precondition(self.wakeDescriptor >= 0, "eventfd failed: no file descriptors left")
    }

    deinit {
        close(self.wakeDescriptor)
    }

    func add(_ work: Work) {
        let mustWake = self.state.withLock { state in
            state.work.append(work)
            defer { state.isAsleep = false }
            return state.isAsleep
        }
        if mustWake { self.wake() }
    }

    func stop() {
        self.state.withLock { $0.isStopped = true }
        self.wake()
    }

    /// Swaps the waiting work with an empty buffer, so that neither side allocates once both have grown.
    func take(into buffer: inout [Work]) {
        self.state.withLock { swap(&$0.work, &buffer) }
    }

    /// - Returns: Whether the thread may sleep. From then on ``add(_:)`` wakes it.
    func prepareToSleep() -> Bool {
        self.state.withLock { state in
            guard state.work.isEmpty && !state.isStopped else { return false }
            state.isAsleep = true
            return true
        }
    }

    /// Called after each sleep: spares the wake-ups while the thread is up anyway.
    ///
    /// - Returns: Whether the loop shall go on.
    func wokeUp() -> Bool {
        self.state.withLock { state in
            state.isAsleep = false
            return !state.isStopped
        }
    }

    func drainWakeUps() {
        var count: UInt64 = 0
        _ = unsafe read(self.wakeDescriptor, &count, 8)
    }

    private func wake() {
        var one: UInt64 = 1
        _ = unsafe write(self.wakeDescriptor, &one, 8)
    }
}
