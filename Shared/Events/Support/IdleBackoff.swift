/// How long a poller that is also woken may sleep: short after work, longer and longer while nothing comes.
struct IdleBackoff: Sendable {
    private let minimum: Duration
    private let maximum: Duration
    private var current: Duration

    init(from minimum: Duration, to maximum: Duration) {
        self.minimum = minimum
        self.maximum = maximum
        self.current = minimum
    }

    /// The next pause, given whether the last look found anything.
    mutating func pause(foundWork: Bool) -> Duration {
        guard !foundWork else {
            self.current = self.minimum
            return self.minimum
        }
        defer { self.current = min(self.current * 2, self.maximum) }
        return self.current
    }
}
