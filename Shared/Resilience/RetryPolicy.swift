/// When a failed attempt is repeated. Whether it may be repeated at all is the operation's property (`isSafeToRetry`).
public struct RetryPolicy: Sendable, Hashable {
    /// The number of attempts including the first. At least 1. Defaults to 3.
    public var maximumAttempts: Int

    /// The wait between attempts.
    public var backoff: Backoff

    /// A policy of at most `maximumAttempts` attempts.
    public init(maximumAttempts: Int = 3, backoff: Backoff = Backoff()) {
        self.maximumAttempts = max(1, maximumAttempts)
        self.backoff = backoff
    }
}
