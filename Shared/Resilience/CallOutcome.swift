/// What an attempt's end means to the policies around it. Each protocol has its own function from error to outcome.
public enum CallOutcome: Sendable, Hashable {
    /// It worked.
    case success

    /// The other side failed and would fail again: counts against the breaker, is not retried.
    case failure

    /// The other side failed in a way that may pass: counts against the breaker, is retried where a retry is safe.
    case transient

    /// The other side refused because it has too much to do: counts against the breaker. It is retried only if it said
    /// when to come back.
    case overloaded(retryAfter: Duration?)

    /// Says nothing about the other side's health: the caller's mistake, or the caller went away.
    case ignored

    /// Whether the outcome counts against the breaker.
    public var isFailure: Bool {
        switch self {
        case .success, .ignored: false
        case .failure, .transient, .overloaded: true
        }
    }
}
