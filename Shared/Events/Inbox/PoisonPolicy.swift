/// What happens to an event that cannot be applied.
public struct PoisonPolicy: Sendable {
    /// The pauses before it is tried again in place, while its partition waits. Defaults to 50 ms, 500 ms, 5 s.
    public var delays: [Duration] = [.milliseconds(50), .milliseconds(500), .seconds(5)]
    /// The pause before a parked event is tried the first time; it doubles each time. Defaults to 1 minute.
    public var parkedDelay: Duration = .seconds(60)
    /// The longest pause between two tries of a parked event. Defaults to 1 hour.
    public var maximumParkedDelay: Duration = .seconds(3_600)
    /// After so many tries a parked event is dead: only an operator brings it back. Defaults to 10.
    public var parkedAttempts = 10

    /// The defaults.
    public init() {}

    /// The pause after a number of failed tries of a parked event; nil when it is dead.
    func delay(afterParkedAttempts attempts: Int) -> Duration? {
        guard attempts < self.parkedAttempts else { return nil }
        return min(self.parkedDelay * (1 << min(attempts, 20)), self.maximumParkedDelay)
    }
}
