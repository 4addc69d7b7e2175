/// How long periodic work pauses. Pure.
struct PeriodicPauses: Sendable {
    let interval: Duration
    /// By which part of it the interval varies, from 0 to 1.
    let jitter: Double
    /// Whether a run that takes long is followed by a longer pause: it shall take a fiftieth of the time at most, unless
    /// that made the pause longer than six intervals.
    var isSparing = false

    private static let share = 50
    private static let longestPause = 6

    /// The pause before the next run.
    ///
    /// - Parameters:
    ///   - failures: How many runs have failed in a row. The pause after the first is a second, and it doubles with each,
    ///     up to the interval.
    ///   - took: How long the last run took, whether it failed or not.
    ///   - random: From 0 to 1.
    func next(afterFailures failures: Int, took: Duration = .zero, random: Double) -> Duration {
        var pause = self.interval
        if failures > 0 { pause = min(pause, .seconds(1 << min(failures - 1, 20))) }
        if self.isSparing { pause = max(pause, min(took * Self.share, self.interval * Self.longestPause)) }
        return pause * (1 + self.jitter * (2 * random - 1))
    }
}
