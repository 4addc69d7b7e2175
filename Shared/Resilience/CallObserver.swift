/// Hears what the policies do. The seam for metrics and span events: the policies know neither.
///
/// Methods are called on the caller's task, at most a few times a call; they must not block.
public protocol CallObserver: Sendable {
    /// An attempt begins; `number` 0 is the first.
    func attemptStarted(target: String, number: Int)

    /// A policy refused a call or suppressed a retry.
    func rejected(_ rejection: ResilienceRejection)

    /// A call ended, after all its attempts.
    func callFinished(target: String, outcome: CallOutcome, duration: Duration, attempts: Int)

    /// A breaker changed its state.
    func breakerChanged(target: String, from: BreakerState, to: BreakerState)
}

extension CallObserver {
    public func attemptStarted(target: String, number: Int) {}
    public func rejected(_ rejection: ResilienceRejection) {}
    public func callFinished(target: String, outcome: CallOutcome, duration: Duration, attempts: Int) {}
    public func breakerChanged(target: String, from: BreakerState, to: BreakerState) {}
}

/// Hears nothing.
public struct NoOpCallObserver: CallObserver {
    /// An observer without effect.
    public init() {}
}
