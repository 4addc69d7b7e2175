/// When a breaker opens, how long it stays open, and how it closes again.
public struct BreakerConfiguration: Sendable, Hashable {
    /// How far back outcomes count. Defaults to ten seconds, kept in ten slices.
    public var window: Duration

    /// Below this many calls in the window the breaker never opens. At least 1. Defaults to 20.
    public var minimumCalls: Int

    /// The share of failed calls, 0 to 1, at which the breaker opens. Defaults to 0.5.
    public var failureRate: Double

    /// The share of slow calls, 0 to 1, at which the breaker opens. Defaults to 0.9.
    public var slowRate: Double

    /// A call that takes longer is slow, also while it is still running. Defaults to five seconds.
    public var slowDuration: Duration

    /// How long the breaker stays open the first time; doubles with each failed trial. Defaults to one second.
    public var openDuration: Duration

    /// The longest it stays open. Defaults to 30 seconds.
    public var maximumOpenDuration: Duration

    /// The number of trial calls after that time. At least 1. Defaults to 3.
    public var trialCalls: Int

    /// When the trials have not all ended after this time, those that have decide. Defaults to ten seconds.
    public var maximumTrialDuration: Duration

    /// A configuration with the given values.
    public init(
        window: Duration = .seconds(10),
        minimumCalls: Int = 20,
        failureRate: Double = 0.5,
        slowRate: Double = 0.9,
        slowDuration: Duration = .seconds(5),
        openDuration: Duration = .seconds(1),
        maximumOpenDuration: Duration = .seconds(30),
        trialCalls: Int = 3,
        maximumTrialDuration: Duration = .seconds(10)
    ) {
        self.window = window
        self.minimumCalls = max(1, minimumCalls)
        self.failureRate = failureRate
        self.slowRate = slowRate
        self.slowDuration = slowDuration
        self.openDuration = openDuration
        self.maximumOpenDuration = max(openDuration, maximumOpenDuration)
        self.trialCalls = max(1, trialCalls)
        self.maximumTrialDuration = maximumTrialDuration
    }
}
