/// How long values are kept, and how long Redis is waited for.
public struct CachePolicy: Sendable, Hashable {
    /// How long a value is fresh, before ``jitter``.
    public var timeToLive: Duration
    /// The share by which each value's life is made longer or shorter at random, so that values that were stored
    /// together do not expire together. Defaults to 0.1.
    public var jitter: Double
    /// How long after its life a value may still stand in when loading fails. Defaults to zero: never.
    public var staleFor: Duration
    /// How long it is remembered that there is no value. Zero means that it is not. Defaults to 5 s.
    public var negativeTimeToLive: Duration
    /// How long a deleted value's version is remembered, so that a loader that began before cannot bring the old value
    /// back. Longer than any load takes. Defaults to 10 s.
    public var tombstoneTimeToLive: Duration
    /// How long Redis is waited for before the value is loaded instead. Defaults to 50 ms.
    public var redisTimeout: Duration
    /// The weight of early refreshes (XFetch's beta): above 1 earlier, 0 never. Defaults to 1.
    public var earlyRefresh: Double

    /// Creates a policy.
    public init(
        timeToLive: Duration, jitter: Double = 0.1, staleFor: Duration = .zero,
        negativeTimeToLive: Duration = .seconds(5), tombstoneTimeToLive: Duration = .seconds(10),
        redisTimeout: Duration = .milliseconds(50), earlyRefresh: Double = 1
    ) {
        self.timeToLive = timeToLive
        self.jitter = jitter
        self.staleFor = staleFor
        self.negativeTimeToLive = negativeTimeToLive
        self.tombstoneTimeToLive = tombstoneTimeToLive
        self.redisTimeout = redisTimeout
        self.earlyRefresh = earlyRefresh
    }
}
