/// What the limiter says about a login that is about to be tried.
public enum AttemptVerdict: Sendable, Hashable {
    /// Try it.
    case allow
    /// Try it after a pause: many have failed at this account lately.
    case slow
    /// Refuse it; it may be tried again after so many seconds.
    case refuse(seconds: Int64)
}
