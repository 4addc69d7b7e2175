/// What the databases say about events on their way.
package struct EventRows: Sendable, Hashable {
    package var partitions: [Partition] = []
    package var ticks: [Tick] = []
    package var cursors: [Cursor] = []
    package var parked: [Parked] = []
    /// How many numbered events the outboxes still have.
    package var numbered: Int64 = 0
    /// Those that come after a later one of their own aggregate.
    package var misplaced: [Misplaced] = []

    package init() {}

    /// How far a producer has numbered the events of one partition.
    package struct Partition: Sendable, Hashable {
        package var topic: String
        package var part: Int64
        package var last: Int64

        package init(topic: String, part: Int64, last: Int64) {
            self.topic = topic
            self.part = part
            self.last = last
        }

        package var name: String { "\(self.topic)/\(self.part)" }
    }

    /// One numbered batch: the events `base + 1` to `base + count`.
    package struct Tick: Sendable, Hashable {
        package var topic: String
        package var part: Int64
        package var base: Int64
        package var count: Int64
        /// How many events the outbox itself has for this batch; `nil` when that was not counted.
        package var found: Int64?

        package init(topic: String, part: Int64, base: Int64, count: Int64, found: Int64? = nil) {
            self.topic = topic
            self.part = part
            self.base = base
            self.count = count
            self.found = found
        }

        package var name: String { "\(self.topic)/\(self.part)" }
    }

    /// How far a consumer has applied one partition.
    package struct Cursor: Sendable, Hashable {
        package var consumer: String
        package var topic: String
        package var part: Int64
        package var position: Int64

        package init(consumer: String, topic: String, part: Int64, position: Int64) {
            self.consumer = consumer
            self.topic = topic
            self.part = part
            self.position = position
        }

        package var name: String { "\(self.topic)/\(self.part)" }
    }

    /// An event whose aggregate had been further already, earlier in the sequence or in another partition.
    package struct Misplaced: Sendable, Hashable {
        package var topic: String
        package var part: Int64
        package var aggregate: String
        package var version: Int64
        /// The version before it in the sequence, or the other partition.
        package var conflict: Conflict

        package enum Conflict: Sendable, Hashable {
            case after(version: Int64)
            case alsoIn(part: Int64)
        }

        package init(topic: String, part: Int64, aggregate: String, version: Int64, conflict: Conflict) {
            self.topic = topic
            self.part = part
            self.aggregate = aggregate
            self.version = version
            self.conflict = conflict
        }
    }

    /// An event that could not be applied.
    package struct Parked: Sendable, Hashable {
        package var consumer: String
        package var topic: String
        package var part: Int64
        package var position: Int64
        package var reason: String
        /// Whether it is tried no more.
        package var isDead: Bool

        package init(consumer: String, topic: String, part: Int64, position: Int64, reason: String, isDead: Bool = false) {
            self.consumer = consumer
            self.topic = topic
            self.part = part
            self.position = position
            self.reason = reason
            self.isDead = isDead
        }
    }
}
