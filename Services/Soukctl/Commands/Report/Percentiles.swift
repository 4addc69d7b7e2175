/// Latencies at a glance, by nearest rank.
package struct Percentiles: Sendable, Hashable {
    package let count: Int
    package let p50: Duration
    package let p90: Duration
    package let p99: Duration
    package let longest: Duration

    /// `nil` for no samples at all.
    package init?(_ samples: [Duration]) {
        guard !samples.isEmpty else { return nil }
        let sorted = samples.sorted()
        func rank(_ percent: Int) -> Duration { sorted[max(0, (sorted.count * percent + 99) / 100 - 1)] }
        self.count = sorted.count
        self.p50 = rank(50)
        self.p90 = rank(90)
        self.p99 = rank(99)
        self.longest = sorted[sorted.count - 1]
    }

    /// `p50 12 ms, p90 30 ms, p99 41 ms, max 41 ms`.
    package var text: String {
        let named = [("p50", self.p50), ("p90", self.p90), ("p99", self.p99), ("max", self.longest)]
        return named.map { "\($0) \(Self.milliseconds($1)) ms" }.joined(separator: ", ")
    }

    private static func milliseconds(_ duration: Duration) -> Int64 {
        (duration.components.seconds * 1_000_000 + duration.components.attoseconds / 1_000_000_000_000 + 500) / 1_000
    }
}
