@testable import Events

/// A consumer's database. Used by one task at a time.
final class SimulatedInbox: InboxStore, @unchecked Sendable {
    /// What a transaction would do.
    final class Transaction {
        var applied: [EventEnvelope] = []
        var parked: [EventEnvelope] = []
        var unparked: [EventEnvelope] = []
    }

    let faults: Faults
    /// The effects: every event applied, in the order of the commits.
    private(set) var applied: [EventEnvelope] = []
    private(set) var parked: [LogPartition: [EventEnvelope]] = [:]
    private var rows: [LogPartition: InboxCursor] = [:]
    private var locked: Set<LogPartition> = []

    init(faults: Faults) { self.faults = faults }

    func withCursor<Result>(
        _ partition: LogPartition, _ body: (inout InboxCursor, Transaction) async throws -> Result
    ) async throws -> Result {
        try await self.faults.step()
        // Another consumer holds the row: PostgreSQL would let us wait, and so would a time-out.
        guard self.locked.insert(partition).inserted else { throw SimulatedCrash() }
        defer { self.locked.remove(partition) }
        var cursor = self.rows[partition] ?? InboxCursor(position: .start, parked: 0)
        let transaction = Transaction()
        let result = try await body(&cursor, transaction)
        try await self.faults.step()
        self.rows[partition] = cursor
        self.applied += transaction.applied
        self.parked[partition, default: []] += transaction.parked
        self.parked[partition]?.removeAll { transaction.unparked.contains($0) }
        try await self.faults.step()
        return result
    }

    func cursors(of partitions: [LogPartition]) async throws -> [LogPartition: InboxCursor] {
        try await self.faults.step()
        return Dictionary(
            uniqueKeysWithValues: partitions.map { ($0, self.rows[$0] ?? InboxCursor(position: .start, parked: 0)) }
        )
    }

    func parkedSubjects(_ partition: LogPartition, in transaction: Transaction) async throws -> Set<String> {
        Set((self.parked[partition] ?? []).map(\.subject))
    }

    func park(
        _ event: EventEnvelope, reason: String, retryAfter: Duration?, in transaction: Transaction
    ) async throws {
        transaction.parked.append(event)
    }

    func dueEvents(in partitions: [LogPartition], limit: Int) async throws -> [ParkedEvent] {
        var due: [ParkedEvent] = []
        for partition in partitions {
            var seen: Set<String> = []
            for event in (self.parked[partition] ?? []).sorted(by: { $0.position < $1.position })
            where seen.insert(event.subject).inserted {
                due.append(ParkedEvent(event: event, attempts: 0, reason: "", isDead: false))
            }
        }
        return Array(due.prefix(limit))
    }

    func isParked(_ event: EventEnvelope, in transaction: Transaction) async throws -> Bool {
        self.parked[event.partition]?.contains(event) ?? false
    }

    func unpark(_ event: EventEnvelope, in transaction: Transaction) async throws {
        transaction.unparked.append(event)
    }

    func postpone(_ event: EventEnvelope, reason: String, retryAfter: Duration?, in transaction: Transaction) async throws {}

    func prepare(_ partitions: [LogPartition]) async throws {}

    func heartbeat(member: String, for duration: Duration) async throws -> GroupState {
        GroupState(members: [], holdings: [], parked: 0, dead: 0)
    }

    func take(_ partitions: [LogPartition], member: String) async throws -> [LogPartition] { partitions }
    func give(_ partitions: [LogPartition], member: String) async throws {}
    func leave(member: String) async throws {}
}
