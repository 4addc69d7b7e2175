/// How long periodic work pauses. Pure.
struct PeriodicPauses: Sendable {
    let interval: Duration
    /// By which part of it the interval varies, from 0 to 1.
    let jitter: Double

    /// The pause before the next run.
    ///
    /// - Parameters:
    ///   - failures: How many runs have failed in a row. The pause after the first is a second, and it doubles with each,
    ///     up to the interval.
    ///   - random: From 0 to 1.
    func next(afterFailures failures: Int, random: Double) -> Duration {
        var pause = self.interval
        if failures > 0 { pause = min(pause, .seconds(1 << min(failures - 1, 20))) }
        return pause * (1 + self.jitter * (2 * random - 1))
    }
}
