internal import Synchronization

/// The retry budget of one target, shared by all calls of the process to it: their retries draw on one purse.
///
/// A call that certainly did nothing may be free: an RPC client's failover to another endpoint does not draw on it. See
/// ``RetryBudgetCore`` for the arithmetic.
public final class RetryBudget: Sendable {
    private let core: Mutex<RetryBudgetCore>

    /// A budget of `ratio` retries per request plus `minimumPerSecond`, both over `window`.
    public init(ratio: Double = 0.2, minimumPerSecond: Int = 10, window: Duration = .seconds(10)) {
        self.core = Mutex(
            RetryBudgetCore(ratio: ratio, minimumPerSecond: minimumPerSecond, window: window, start: .now)
        )
    }

    /// A shell around a core made elsewhere, for tests in virtual time.
    public init(core: RetryBudgetCore) {
        self.core = Mutex(core)
    }

    /// Notes a request (a first attempt).
    public func deposit(at now: ContinuousClock.Instant = .now) {
        self.core.withLock { $0.deposit(at: now) }
    }

    /// Takes the price of one retry, if it is there.
    public func withdraw(at now: ContinuousClock.Instant = .now) -> Bool {
        self.core.withLock { $0.withdraw(at: now) }
    }

    /// How many retries could be made now.
    public func balance(at now: ContinuousClock.Instant = .now) -> Int {
        self.core.withLock { $0.balance(at: now) }
    }
}
