/// What a consumer needs of its service's database.
protocol InboxStore: Sendable {
    /// A transaction in which events are applied.
    associatedtype Transaction

    /// Locks a partition's cursor and runs `body` in the transaction; commits what it did, and the cursor it leaves behind.
    func withCursor<Result>(
        _ partition: LogPartition, _ body: (inout InboxCursor, Transaction) async throws -> Result
    ) async throws -> Result

    /// The subjects of a partition that have parked events.
    func parkedSubjects(_ partition: LogPartition, in transaction: Transaction) async throws -> Set<String>

    /// Parks an event.
    func park(_ event: EventEnvelope, reason: String, retryAfter: Duration?, in transaction: Transaction) async throws

    /// Parked events whose time has come and that have no parked event of their subject before them.
    func dueEvents(in partitions: [LogPartition], limit: Int) async throws -> [ParkedEvent]

    /// Looks whether a parked event is still there, under the cursor's lock.
    func isParked(_ event: EventEnvelope, in transaction: Transaction) async throws -> Bool

    /// Takes an event out of the parking place.
    func unpark(_ event: EventEnvelope, in transaction: Transaction) async throws

    /// Notes one more failed try of a parked event; nil lets it be dead.
    func postpone(_ event: EventEnvelope, reason: String, retryAfter: Duration?, in transaction: Transaction) async throws

    /// The positions of partitions; makes rows for those that have none.
    func cursors(of partitions: [LogPartition]) async throws -> [LogPartition: InboxCursor]

    /// Makes the rows that leases are.
    func prepare(_ partitions: [LogPartition]) async throws

    /// Tells that a member lives. Its leases hold as long as it does.
    ///
    /// - Returns: How the group stands.
    func heartbeat(member: String, for duration: Duration) async throws -> GroupState

    /// Takes partitions that are free.
    ///
    /// - Returns: Those that were had.
    func take(_ partitions: [LogPartition], member: String) async throws -> [LogPartition]

    /// Gives partitions back.
    func give(_ partitions: [LogPartition], member: String) async throws

    /// Gives everything back and leaves the group.
    func leave(member: String) async throws
}
