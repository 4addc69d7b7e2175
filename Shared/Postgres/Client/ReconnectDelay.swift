/// How long to wait before the next attempt to connect: doubling, with jitter, so that a fleet does not come back as one.
struct ReconnectDelay {
    private static let first = Duration.milliseconds(50)
    private static let most = Duration.seconds(2)

    private var failures = 0

    mutating func succeeded() {
        self.failures = 0
    }

    /// - Parameter random: A number from 0 to 1.
    mutating func next(random: Double) -> Duration {
        let ceiling = min(Self.most, Self.first * (1 << min(self.failures, 10)))
        self.failures += 1
        return ceiling * (0.5 + random / 2)
    }
}
