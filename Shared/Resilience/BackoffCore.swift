internal import Glibc

/// The sequence of delays of one call. A pure value: randomness comes in as a parameter.
public struct BackoffCore: Sendable {
    private let configuration: Backoff
    private var retries = 0
    private var previous = 0.0

    /// The delays of a call that has not been retried yet.
    public init(_ configuration: Backoff) {
        self.configuration = configuration
    }

    /// The delay before the next retry.
    /// - Parameter random: A number in `0..<1`, uniformly distributed.
    public mutating func next(random: Double) -> Duration {
        let retry = self.retries
        self.retries += 1
        let base = self.configuration.base.inSeconds
        let seconds: Double
        switch self.configuration.jitter {
        case .full:
            let ceiling = min(self.configuration.maximum.inSeconds, base * exp2(Double(min(retry, 62))))
            seconds = random * ceiling
        case .decorrelated:
            let time = Double(min(retry, 1000)) + random
            let position = exp2(time) * tanh((4 * time).squareRoot())
            // 1.4 scales the median of the first delay to `base`.
            seconds = max(0, position - self.previous) / 1.4 * base
            self.previous = position
        }
        // Compared as numbers: a duration of 2^1000 seconds cannot be made.
        let maximum = self.configuration.maximum
        return seconds < maximum.inSeconds ? .seconds(seconds) : maximum
    }
}
