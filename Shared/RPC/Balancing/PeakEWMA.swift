internal import Glibc

/// What a call to an endpoint costs: a moving average of its latencies that rises at once and falls slowly, after Twitter
/// Finagle's `PeakEwma`. Pure: time comes in as a parameter.
///
/// A failure counts as at least `failurePenalty`, however fast it was: else an instance that fails fast would look fast and
/// get all the traffic (linkerd2-proxy #4537, brpc #3367).
struct PeakEWMA: Sendable {
    private static let decaySeconds = 10.0
    private static let failurePenalty = 1.0
    /// Differences below a millisecond are noise.
    private static let floor = 0.001

    private var cost = 0.0
    private var stamp: ContinuousClock.Instant?

    /// Notes the end of a call.
    mutating func record(_ duration: Duration, failed: Bool, at now: ContinuousClock.Instant) {
        let (seconds, attoseconds) = duration.components
        var sample = Double(seconds) + Double(attoseconds) * 1e-18
        if failed {
            sample = max(sample, Self.failurePenalty)
        }
        if sample > self.cost {
            self.cost = sample
        } else {
            let weight = self.weight(at: now)
            self.cost = sample * (1 - weight) + self.cost * weight
        }
        self.stamp = now
    }

    /// The cost of one more call beside `inFlight` others.
    func score(inFlight: Int, at now: ContinuousClock.Instant) -> Double {
        max(Self.floor, self.cost * self.weight(at: now)) * Double(inFlight + 1)
    }

    private func weight(at now: ContinuousClock.Instant) -> Double {
        guard let stamp = self.stamp else { return 1 }
        let (seconds, attoseconds) = stamp.duration(to: now).components
        return exp(-max(0, Double(seconds) + Double(attoseconds) * 1e-18) / Self.decaySeconds)
    }
}
