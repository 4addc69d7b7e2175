/// Counts of the calls that ended in the last n slices of time. The sum is kept as slices come and go, so reading is O(1).
struct OutcomeWindow: Sendable {
    private var slices: [OutcomeCounts]
    private var current: Int64 = 0
    private(set) var sum = OutcomeCounts()

    init(sliceCount: Int) {
        self.slices = Array(repeating: OutcomeCounts(), count: sliceCount)
    }

    /// Forgets what is older than the slices that end with `slice`. Going back in time does nothing.
    mutating func advance(to slice: Int64) {
        guard slice > self.current else { return }
        let count = Int64(self.slices.count)
        let steps = min(slice - self.current, count)
        for step in 1...steps {
            let index = Int((slice - steps + step) % count)
            self.sum -= self.slices[index]
            self.slices[index] = OutcomeCounts()
        }
        self.current = slice
    }

    /// Adds one call to the present slice.
    mutating func record(failed: Bool, slow: Bool) {
        let counts = OutcomeCounts(total: 1, failed: failed ? 1 : 0, slow: slow ? 1 : 0)
        self.slices[Int(self.current % Int64(self.slices.count))] += counts
        self.sum += counts
    }

    /// Forgets everything.
    mutating func reset() {
        for index in self.slices.indices {
            self.slices[index] = OutcomeCounts()
        }
        self.sum = OutcomeCounts()
    }
}
