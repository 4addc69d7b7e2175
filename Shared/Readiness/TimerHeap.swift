/// A binary min-heap of values by due time. Pure: time comes in as a parameter.
///
/// Cancelled values stay until they are due or until ``compact(keeping:)``, which keeps cancellation free.
struct TimerHeap<Instant: Comparable, Value> {
    private var items: [(due: Instant, value: Value)] = []

    var count: Int { self.items.count }
    var nextDue: Instant? { self.items.first?.due }

    mutating func insert(_ value: Value, due: Instant) {
        self.items.append((due, value))
        self.siftUp(self.items.count - 1)
    }

    /// Takes the earliest value if it is due.
    mutating func popDue(at now: Instant) -> Value? {
        guard let first = self.items.first, first.due <= now else { return nil }
        let last = self.items.removeLast()
        if !self.items.isEmpty {
            self.items[0] = last
            self.siftDown(0)
        }
        return first.value
    }

    /// Drops the values that are no longer wanted, in linear time.
    mutating func compact(keeping isWanted: (Value) -> Bool) {
        self.items.removeAll { !isWanted($0.value) }
        for index in stride(from: self.items.count / 2 - 1, through: 0, by: -1) {
            self.siftDown(index)
        }
    }

    private mutating func siftUp(_ start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard self.items[child].due < self.items[parent].due else { return }
            self.items.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func siftDown(_ start: Int) {
        var parent = start
        while true {
            var smallest = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < self.items.count {
                if self.items[child].due < self.items[smallest].due { smallest = child }
            }
            guard smallest != parent else { return }
            self.items.swapAt(parent, smallest)
            parent = smallest
        }
    }
}
