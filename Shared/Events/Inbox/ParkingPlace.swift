public import Postgres

/// What an operator can do with a group's parked events.
public struct ParkingPlace: Sendable {
    private let store: PostgresInboxStore

    /// The parking place of a group, in the consuming service's database.
    public init(postgres: PostgresClient, group: String) {
        self.store = PostgresInboxStore(postgres: postgres, group: group)
    }

    /// The parked events, in order.
    ///
    /// - Parameter limit: The most events returned. Defaults to 100.
    public func list(limit: Int = 100) async throws -> [ParkedEvent] {
        let rows = try await self.store.postgres.query(
            """
            select topic, part, epoch, pseq, event_id, source, type, subject, agg_type, agg_ver, occurred_at, traceparent,
              payload, reason, attempts, dead
            from inbox_parked where grp = \(self.store.group)
            order by topic, part, epoch, pseq limit \(Int32(limit))
            """
        )
        return try rows.map(PostgresInboxStore.parkedEvent)
    }

    /// Lets the group's consumer try parked events again with its next heartbeat, dead ones too, as if they had never failed.
    ///
    /// An event comes with the parked ones of its subject before it, since they are applied in order. It is one statement: when
    /// the task is cancelled, all of it may have happened or nothing.
    ///
    /// - Parameter selection: Which events. Defaults to all.
    /// - Returns: The events that are tried again, in order; none when no such event is parked.
    /// - Throws: `PostgresError`, or `CancellationError`.
    @discardableResult
    public func redrive(_ selection: ParkedSelection = .all) async throws -> [RedrivenEvent] {
        let rows = try await self.store.postgres.query(
            """
            update inbox_parked p set next_at = now(), attempts = 0, dead = false
            where p.grp = \(self.store.group) and exists (
              select from inbox_parked c
              where c.grp = p.grp and c.topic = p.topic and c.part = p.part and c.subject = p.subject
                and (c.epoch, c.pseq) >= (p.epoch, p.pseq) and \(selection.condition))
            returning p.topic, p.part, p.epoch, p.pseq, p.event_id, p.subject
            """
        )
        let events = try rows.map { row in
            let (topic, part, epoch, sequence, id, subject) = try row.decode((String, Int16, Int64, Int64, String, String).self)
            return RedrivenEvent(
                id: id, subject: subject, partition: LogPartition(topic: topic, index: Int(part)),
                position: LogPosition(epoch: epoch, sequence: sequence)
            )
        }
        return events.sorted { ($0.partition, $0.position) < ($1.partition, $1.position) }
    }

    /// Gives one event up, so that the later events of its aggregate can be applied.
    ///
    /// - Returns: Whether it was parked.
    @discardableResult
    public func drop(_ event: EventEnvelope) async throws -> Bool {
        try await self.store.withCursor(event.partition) { cursor, transaction in
            guard try await self.store.isParked(event, in: transaction) else { return false }
            try await self.store.unpark(event, in: transaction)
            cursor.parked -= 1
            return true
        }
    }
}
