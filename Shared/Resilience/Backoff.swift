/// How long to wait before an attempt is repeated.
public struct Backoff: Sendable, Hashable {
    /// The shape of the random distribution.
    public enum Jitter: Sendable, Hashable {
        /// `U(0, min(maximum, base * 2^n))`: spreads a crowd best (AWS Architecture Blog, "Exponential Backoff And Jitter").
        case full
        /// The smooth formula of Polly 8 (`DelayBackoffType.Exponential` with jitter): no clusters, total time nearly constant.
        case decorrelated
    }

    /// The scale of the first delay.
    public var base: Duration

    /// No delay is longer than this.
    public var maximum: Duration

    /// The shape of the random distribution.
    public var jitter: Jitter

    /// A back-off from `base` to `maximum`. Defaults to 20 ms, 1 s, full jitter.
    public init(base: Duration = .milliseconds(20), maximum: Duration = .seconds(1), jitter: Jitter = .full) {
        self.base = base
        self.maximum = maximum
        self.jitter = jitter
    }
}
