import Postgres

@testable import Events

/// Writes every event down, and refuses one that is not its aggregate's next.
struct RecordingHandler: EventHandler {
    struct OutOfOrder: Error {}

    let group: String
    /// Called in the transaction after the effect; may throw.
    var afterEffect: @Sendable (EventEnvelope) async throws -> Void = { _ in }
    let handledTypes: Set<String> = ["changed"]

    func handle(_ event: EventEnvelope, in transaction: PostgresTransaction) async throws {
        let changed = try await transaction.pipeline([
            """
            insert into effect (grp, id, version)
            values (\(self.group), \(event.subject), \(event.aggregateVersion))
            """,
            """
            insert into seen as s (grp, id, version)
            select \(self.group), \(event.subject), 1 where \(event.aggregateVersion) = 1
            on conflict do nothing
            """,
            """
            update seen set version = \(event.aggregateVersion)
            where grp = \(self.group) and id = \(event.subject) and version in (\(event.aggregateVersion) - 1, 1)
              and version <= \(event.aggregateVersion)
            """,
        ])
        guard changed[2].affectedRows == 1 else { throw OutOfOrder() }
        try await self.afterEffect(event)
    }
}
