/// How many calls ended, and how.
struct OutcomeCounts: Sendable, Hashable {
    var total = 0
    var failed = 0
    var slow = 0

    static func += (left: inout OutcomeCounts, right: OutcomeCounts) {
        left.total += right.total
        left.failed += right.failed
        left.slow += right.slow
    }

    static func -= (left: inout OutcomeCounts, right: OutcomeCounts) {
        left.total -= right.total
        left.failed -= right.failed
        left.slow -= right.slow
    }

    /// The share of failed calls, or 0 without calls.
    var failureRate: Double {
        self.total == 0 ? 0 : Double(self.failed) / Double(self.total)
    }

    /// The share of slow calls, or 0 without calls.
    var slowRate: Double {
        self.total == 0 ? 0 : Double(self.slow) / Double(self.total)
    }
}
