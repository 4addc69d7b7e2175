/// A breaker's answer to the wish to make a call.
public enum BreakerDecision: Sendable, Hashable {
    /// The call may be made.
    case permitted(BreakerPermit)
    /// The call must not be made before the given time has passed.
    case rejected(retryAfter: Duration)
}
