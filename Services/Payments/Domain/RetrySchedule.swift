/// When a call without a definite answer is made again: soon at first, at most every half minute, for ever.
public enum RetrySchedule {
    /// The longest wait.
    public static let maximum = Duration.seconds(30)
    /// From this many tries on, people are told.
    public static let alarmingAttempts = 10

    /// The wait after a try.
    ///
    /// Half of it is fixed and half is random, so that many calls that failed together do not come back together.
    ///
    /// - Parameters:
    ///   - attempt: The number of the try that failed, from 1.
    ///   - random: 0 up to 1.
    public static func delay(after attempt: Int, random: Double) -> Duration {
        let doublings = min(max(attempt - 1, 0), 10)
        let full = min(Duration.milliseconds(200) * (1 << doublings), Self.maximum)
        return full * (0.5 + random / 2)
    }
}
