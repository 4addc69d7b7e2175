internal import Synchronization

/// The circuit breaker of one target, shared by all calls of the process to it. See ``BreakerCore`` for the rules.
public final class CircuitBreaker: Sendable {
    /// The name of what is called.
    public let target: String

    private let core: Mutex<BreakerCore>
    private let observer: any CallObserver

    /// A closed breaker.
    /// - Parameters:
    ///   - target: The name of what is called.
    ///   - configuration: When it opens and closes.
    ///   - start: Where time begins; tests in virtual time give theirs.
    ///   - observer: Hears of state changes.
    public init(
        target: String,
        configuration: BreakerConfiguration = BreakerConfiguration(),
        start: ContinuousClock.Instant = .now,
        observer: any CallObserver = NoOpCallObserver()
    ) {
        self.target = target
        self.core = Mutex(BreakerCore(configuration, start: start))
        self.observer = observer
    }

    /// The state at `now`.
    public func state(at now: ContinuousClock.Instant = .now) -> BreakerState {
        self.update { core in
            core.refresh(at: now)
            return core.state
        }
    }

    /// The share of failed and of slow calls in the window, for gauges.
    public func rates(at now: ContinuousClock.Instant = .now) -> (failed: Double, slow: Double) {
        self.core.withLock { $0.rates(at: now) }
    }

    /// Asks for leave to make a call. A permit has to be given back by ``finish(_:outcome:duration:at:)``.
    public func acquire(at now: ContinuousClock.Instant = .now) -> BreakerDecision {
        self.update { $0.acquire(at: now) }
    }

    /// Takes a permit back, with what came of the call.
    public func finish(
        _ permit: BreakerPermit,
        outcome: CallOutcome,
        duration: Duration,
        at now: ContinuousClock.Instant = .now
    ) {
        self.update { $0.finish(permit, outcome: outcome, duration: duration, at: now) }
    }

    /// Changes the core under the lock, then tells the observer outside of it.
    private func update<Result: Sendable>(_ body: (inout BreakerCore) -> Result) -> Result {
        let (result, before, after) = self.core.withLock { core in
            let before = core.state
            let result = body(&core)
            return (result, before, core.state)
        }
        if before != after {
            self.observer.breakerChanged(target: self.target, from: before, to: after)
        }
        return result
    }
}
