import Glibc
import Synchronization

/// One thread that waits for sockets with epoll and runs, between two waits, the actors and tasks pinned to it.
///
/// A client over a C library keeps its handle in an actor whose `unownedExecutor` is a loop. The socket's callbacks and
/// the actor's methods then run on one thread, without a lock and without a hop between them.
///
/// One turn of the loop (a tick) is: wait, call the owners of ready sockets, run submitted work in order, fire due timers,
/// run the end-of-tick actions. What all tasks wrote in a tick is flushed once, at its end.
///
/// Work on a loop must not block: it would hold up every connection of the process.
public final class ReadinessLoop: SerialExecutor, TaskExecutor, Sendable {
    /// The loop that clients share unless they are given another. It lives as long as the process.
    public static let shared = ReadinessLoop(name: "souk-io")

    private let inbox: LoopInbox
    private let thread: LoopThread

    /// Starts the thread.
    ///
    /// - Parameter name: The thread's name, as debuggers and `top -H` show it. The kernel keeps its first 15 bytes.
    public init(name: String) {
        let inbox = LoopInbox()
        self.inbox = inbox
        self.thread = LoopThread(name: name, inbox: inbox)
        self.thread.start(for: self)
    }

    /// Ends the thread after the current tick. Work that is submitted later never runs: stop the clients first.
    public func stop() {
        self.inbox.stop()
    }

    // MARK: - From any thread

    /// Whether the caller runs on the loop's thread.
    public var isOnLoop: Bool { LoopThread.currentInbox === self.inbox }

    /// Runs an action on the loop, after what was submitted before it. Wakes the thread if it sleeps.
    public func execute(_ action: @escaping @Sendable () -> Void) {
        self.inbox.add(.action(action))
    }

    public func enqueue(_ job: consuming ExecutorJob) {
        self.inbox.add(.job(UnownedJob(job)))
    }

    public func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        unsafe UnownedSerialExecutor(ordinary: self)
    }

    public func asUnownedTaskExecutor() -> UnownedTaskExecutor {
        unsafe UnownedTaskExecutor(ordinary: self)
    }

    public func checkIsolated() {
        precondition(self.isOnLoop, "Expected to run on the readiness loop")
    }

    public func isIsolatingCurrentContext() -> Bool? {
        self.isOnLoop
    }

    // MARK: - On the loop's thread only

    /// Watches a socket.
    ///
    /// - Parameters:
    ///   - fileDescriptor: A non-blocking socket. The caller goes on owning it.
    ///   - interest: What to wait for. Level-triggered: the callback repeats until the condition is gone or the interest is.
    ///   - onReady: Called on the loop's thread.
    /// - Returns: The registration, which the caller keeps and cancels before it closes the socket.
    public func register(
        _ fileDescriptor: Int32,
        interest: Interest,
        onReady: @escaping (ReadyEvents) -> Void
    ) -> Registration {
        self.core.register(fileDescriptor, interest: interest, onReady: onReady)
    }

    /// Runs an action on the loop's thread later, at millisecond resolution, never early.
    ///
    /// - Returns: The timer, to cancel it by.
    @discardableResult
    public func schedule(after delay: Duration, _ action: @escaping () -> Void) -> LoopTimer {
        self.schedule(at: ContinuousClock.now.advanced(by: delay), action)
    }

    /// Runs an action on the loop's thread at an instant, or in the next tick if that has passed.
    @discardableResult
    public func schedule(at instant: ContinuousClock.Instant, _ action: @escaping () -> Void) -> LoopTimer {
        self.core.schedule(at: instant, action)
    }

    /// Runs an action once, at the end of the current tick: the place to flush what the tick has written.
    public func atEndOfTick(_ action: @escaping () -> Void) {
        self.core.atEndOfTick(action)
    }

    private var core: LoopCore {
        self.checkIsolated()
        return LoopThread.currentCore
    }
}
