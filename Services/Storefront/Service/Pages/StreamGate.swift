import Synchronization

/// Counts live streams and refuses those above a limit.
final class StreamGate: Sendable {
    /// A place; it is free again when nobody holds it any more.
    final class Place: Sendable {
        private let gate: StreamGate

        fileprivate init(_ gate: StreamGate) {
            self.gate = gate
        }

        deinit {
            self.gate.count.wrappingSubtract(1, ordering: .relaxed)
        }
    }

    private let limit: Int
    private let count = Atomic<Int>(0)

    init(limit: Int) {
        self.limit = limit
    }

    /// A place if there is one.
    func enter() -> Place? {
        if self.count.wrappingAdd(1, ordering: .relaxed).newValue <= self.limit { return Place(self) }
        self.count.wrappingSubtract(1, ordering: .relaxed)
        return nil
    }
}
