import Synchronization

/// A clock that moves only when the test says so, with a handshake.
///
/// `Task.sleep` on a plain virtual clock is a race: the test may advance before the code under test sleeps. Here the test
/// first awaits ``nextSleeper()``, so it knows that the code waits and until when, then calls ``advance(by:)``.
public final class TestClock: Clock {
    public struct Instant: InstantProtocol {
        /// Time since the clock was made.
        public var offset: Duration

        public init(offset: Duration = .zero) {
            self.offset = offset
        }

        public func advanced(by duration: Duration) -> Instant { Instant(offset: self.offset + duration) }
        public func duration(to other: Instant) -> Duration { other.offset - self.offset }
        public static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private struct Sleeper {
        let deadline: Instant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var now = Instant()
        var nextID = 0
        var sleepers: [Int: Sleeper] = [:]
        /// Deadlines of sleeps that no test has looked at yet.
        var announced: [Instant] = []
        var watchers: [CheckedContinuation<Instant, Never>] = []
    }

    private let state = Mutex(State())

    public init() {}

    public var now: Instant { self.state.withLock { $0.now } }
    public var minimumResolution: Duration { .nanoseconds(1) }

    /// Waits until somebody sleeps on this clock (one call for each sleep, in order).
    ///
    /// - Returns: When that sleeper wants to wake up.
    public func nextSleeper() async -> Instant {
        await withCheckedContinuation { continuation in
            let known = self.state.withLock { state -> Instant? in
                guard state.announced.isEmpty else { return state.announced.removeFirst() }
                state.watchers.append(continuation)
                return nil
            }
            if let known { continuation.resume(returning: known) }
        }
    }

    /// Moves the clock and wakes everyone whose time has come, earliest first.
    public func advance(by duration: Duration) {
        self.advance(to: self.now.advanced(by: duration))
    }

    /// Moves the clock to an instant and wakes everyone whose time has come, earliest first.
    public func advance(to instant: Instant) {
        let due = self.state.withLock { state -> [Sleeper] in
            state.now = max(state.now, instant)
            let ripe = state.sleepers.filter { $0.value.deadline <= state.now }
            for id in ripe.keys { state.sleepers[id] = nil }
            return ripe.values.sorted { $0.deadline < $1.deadline }
        }
        for sleeper in due { sleeper.continuation.resume() }
    }

    public func sleep(until deadline: Instant, tolerance: Duration? = nil) async throws {
        let id = self.state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                self.add(Sleeper(deadline: deadline, continuation: continuation), id: id)
            }
        } onCancel: {
            let sleeper = self.state.withLock { $0.sleepers.removeValue(forKey: id) }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }

    private func add(_ sleeper: Sleeper, id: Int) {
        // The cancellation handler may have run before the sleeper was there: the flag is looked at under the same lock.
        let (isDone, watcher) = self.state.withLock { state -> (Bool, CheckedContinuation<Instant, Never>?) in
            guard sleeper.deadline > state.now, !Task.isCancelled else { return (true, nil) }
            state.sleepers[id] = sleeper
            guard state.watchers.isEmpty else { return (false, state.watchers.removeFirst()) }
            state.announced.append(sleeper.deadline)
            return (false, nil)
        }
        watcher?.resume(returning: sleeper.deadline)
        guard isDone else { return }
        if Task.isCancelled {
            sleeper.continuation.resume(throwing: CancellationError())
        } else {
            sleeper.continuation.resume()
        }
    }
}
