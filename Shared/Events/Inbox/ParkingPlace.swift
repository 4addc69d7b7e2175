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

    /// Lets the group's consumer try parked events again soon, those of one subject or all.
    ///
    /// - Returns: How many events were waiting.
    @discardableResult
    public func redrive(subject: String? = nil) async throws -> Int {
        try await self.store.postgres.execute(
            """
            update inbox_parked set next_at = now(), attempts = 0, dead = false
            where grp = \(self.store.group) and (\(subject)::text is null or subject = \(subject))
            """
        )
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
