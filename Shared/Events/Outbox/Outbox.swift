internal import Metrics
public import Postgres
internal import Synchronization

/// Where a service writes the events of its transactions: in the same transaction, so that they are true exactly when it
/// commits.
///
/// An event gets its partition here, and its number from the relay after the commit. After the commit the relay in this
/// process is woken; no notification is sent inside the transaction.
///
/// - Important: Append **after** the aggregate's row was locked or changed in the same transaction. The order of one
///   aggregate's events is the order in which they were inserted, and the row's lock is what makes that the order of its
///   changes.
public final class Outbox: Sendable {
    /// The topic of the events: one for each producing service, and one outbox for each database.
    public let topic: String
    /// The CloudEvents `source`, such as `souk/orders`.
    public let source: String
    /// How many partitions there are. Fixed once the outbox was used; the relay refuses another number.
    public let partitions: Int

    let signal = WakeSignal()
    /// Counts the wakes of this process, apart from nudges of others.
    private let writes = Atomic<Int>(0)
    private let partitioner: Partitioner
    private let appended: Counter

    /// Describes an outbox.
    ///
    /// - Parameters:
    ///   - topic: The topic of its events.
    ///   - source: The CloudEvents `source`.
    ///   - partitions: How many partitions, at least 1. Defaults to 8.
    public init(topic: String, source: String, partitions: Int = 8) {
        self.topic = topic
        self.source = source
        self.partitions = max(1, partitions)
        self.partitioner = Partitioner(count: max(1, partitions))
        self.appended = Counter(label: "events_appended_total", dimensions: [("topic", topic)])
    }

    /// Writes events with the transaction's next round trip or its commit, in the order given.
    ///
    /// They carry the trace context of the current task. The insert does not suspend; should it fail, so does the commit.
    public func append(_ events: [NewEvent], in transaction: PostgresTransaction) {
        guard !events.isEmpty else { return }
        transaction.enqueue(self.insert(events, traceparent: TraceCarrier.current()))
        let count = events.count
        transaction.afterCommit {
            self.appended.increment(by: count)
            self.wake()
        }
    }

    /// Wakes the relay: for writers that insert without ``append(_:in:)``.
    public func wake() {
        self.writes.wrappingAdd(1, ordering: .relaxed)
        self.signal.wake()
    }

    /// How often this process has woken its relay.
    var writeCount: Int { self.writes.load(ordering: .relaxed) }

    private func insert(_ events: [NewEvent], traceparent: String?) -> PostgresQuery {
        if events.count == 1, let event = events.first {
            let partition = Int16(self.partitioner.partition(of: event.key))
            return """
                insert into outbox (part, agg_type, agg_id, agg_ver, event_id, type, traceparent, payload)
                values (\(partition), \(event.aggregateType), \(event.key), \(event.aggregateVersion),
                  \(event.id.description)::uuid, \(event.type), \(traceparent), \(event.payload))
                """
        }
        let partitions = events.map { Int32(self.partitioner.partition(of: $0.key)) }
        return """
            insert into outbox (part, agg_type, agg_id, agg_ver, event_id, type, traceparent, payload)
            select e.part, e.agg_type, e.agg_id, e.agg_ver, e.event_id::uuid, e.type, \(traceparent), e.payload
            from unnest(\(partitions), \(events.map(\.aggregateType)), \(events.map(\.key)),
              \(events.map(\.aggregateVersion)), \(events.map(\.id.description)), \(events.map(\.type)),
              \(events.map(\.payload))) with ordinality as e (part, agg_type, agg_id, agg_ver, event_id, type, payload, rank)
            order by e.rank
            """
    }
}
