internal import Synchronization

/// Lets any number of tasks wait until a condition holds that others announce.
final class Broadcast: Sendable {
    private let waiters = Mutex<[ObjectIdentifier: WakeSignal]>([:])

    init() {}

    /// Lets everyone look again.
    func announce() {
        let signals = self.waiters.withLock { Array($0.values) }
        for signal in signals { signal.wake() }
    }

    /// Looks, and looks again after each announcement until there is a result or the time is over.
    ///
    /// - Throws: `CancellationError`.
    func wait<Result>(atMost limit: Duration, for look: () -> Result?) async throws -> Result? {
        if let result = look() { return result }
        guard limit > .zero else { return nil }
        let signal = WakeSignal()
        let id = ObjectIdentifier(signal)
        self.waiters.withLock { $0[id] = signal }
        defer { self.waiters.withLock { $0[id] = nil } }
        let end = ContinuousClock.now.advanced(by: limit)
        while true {
            if let result = look() { return result }
            let left = ContinuousClock.now.duration(to: end)
            guard left > .zero else { return nil }
            await signal.wait(atMost: left)
            try Task.checkCancellation()
        }
    }
}
