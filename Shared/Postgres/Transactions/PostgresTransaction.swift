import Resilience
import Synchronization

/// A transaction, for the time of ``PostgresClient/withTransaction(isolation:retries:_:)``.
///
/// BEGIN rides with the first statement and enqueued statements ride with the next one or with COMMIT: a transaction whose
/// statements do not depend on each other's results is one round trip. Tasks of one transaction may use it at the same time;
/// their statements run in the order in which they were asked for.
///
/// A statement that fails dooms the transaction, unless it ran in a ``savepoint(_:)``.
public final class PostgresTransaction: Sendable {
    private let client: PostgresClient
    private let lease: Int
    private let state: Mutex<TransactionState>

    init(client: PostgresClient, lease: Int, isolation: IsolationLevel) {
        self.client = client
        self.lease = lease
        self.state = Mutex(TransactionState(isolation: isolation))
    }

    // MARK: - Statements

    /// Runs one statement and waits for its rows.
    ///
    /// - Throws: ``PostgresError`` of this statement or of an enqueued one before it, or `CancellationError`.
    public func query(_ query: PostgresQuery) async throws -> PostgresRows {
        try await self.roundTrip([query])[0]
    }

    /// Runs one statement and waits.
    ///
    /// - Returns: How many rows it inserted, changed or deleted.
    /// - Throws: ``PostgresError`` of this statement or of an enqueued one before it, or `CancellationError`.
    @discardableResult
    public func execute(_ query: PostgresQuery) async throws -> Int {
        try await self.roundTrip([query])[0].affectedRows
    }

    /// Runs statements in one round trip, in order. After one that fails the rest is skipped.
    ///
    /// - Returns: The rows of each statement.
    /// - Throws: ``PostgresError`` of the first that failed, or `CancellationError`.
    @discardableResult
    public func pipeline(_ queries: [PostgresQuery]) async throws -> [PostgresRows] {
        guard !queries.isEmpty else { return [] }
        return try await self.roundTrip(queries)
    }

    /// Asks for a statement without waiting: it rides with the next round trip, or with COMMIT. Its failure surfaces there.
    public func enqueue(_ query: PostgresQuery) {
        self.state.withLock { $0.enqueue(query) }
    }

    /// Runs an action in this process once the transaction is committed, and not otherwise: to wake whoever reads what it wrote.
    public func afterCommit(_ action: @escaping @Sendable () -> Void) {
        self.state.withLock { $0.addAfterCommit(action) }
    }

    /// Runs a part that may fail without dooming the rest: when `body` throws, what it did is undone and the error goes on.
    ///
    /// Savepoints of one transaction nest, but must not overlap in concurrent tasks.
    public func savepoint<Result>(_ body: () async throws -> Result) async throws -> Result {
        // What was enqueued before belongs to the outside: it must fail there, not in here.
        if self.state.withLock({ $0.hasPending }) { _ = try await self.roundTrip([]) }
        let savepoint = self.state.withLock { state in
            let savepoint = state.beginSavepoint()
            state.enqueue(PostgresQuery(unescaped: "SAVEPOINT \(savepoint.name)"))
            return savepoint
        }
        do {
            let result = try await body()
            // What `body` enqueued must fail in here, so it is not left to the next round trip.
            _ = try await self.roundTrip([PostgresQuery(unescaped: "RELEASE SAVEPOINT \(savepoint.name)")])
            self.state.withLock { $0.endSavepoint() }
            return result
        } catch {
            try await self.rollBack(to: savepoint, because: error)
            throw error
        }
    }

    private func rollBack(to savepoint: TransactionState.Savepoint, because error: any Error) async throws {
        let wasSent = self.state.withLock { state in
            // Still waiting: then it is forgotten together with what `body` enqueued after it.
            let wasSent = !state.isPending("SAVEPOINT \(savepoint.name)")
            state.rollBack(to: savepoint)
            return wasSent && !state.isBroken
        }
        guard wasSent else { return }
        _ = try await self.roundTrip([
            PostgresQuery(unescaped: "ROLLBACK TO SAVEPOINT \(savepoint.name)"),
            PostgresQuery(unescaped: "RELEASE SAVEPOINT \(savepoint.name)"),
        ])
    }

    /// Runs a script of several statements without parameters, such as a migration.
    ///
    /// - Throws: ``PostgresError``, or `CancellationError`.
    public func script(_ sql: String) async throws {
        // The script cannot share a round trip, so what waits goes first, BEGIN at least.
        _ = try await self.roundTrip([])
        let reply = Reply<Void>()
        self.client.engine.onLoop { [lease = self.lease] in $0.runScript(sql, on: lease, reply: reply) }
        do { try await reply.wait() } catch { throw self.noting(error) }
    }

    // MARK: - Round trips

    private func roundTrip(_ queries: [PostgresQuery]) async throws -> [PostgresRows] {
        try PostgresClient.check(queries)
        let deadline = try self.client.deadline(from: .now, unless: self.client.configuration.statementTimeout)
        let statements = try self.state.withLock { try $0.takeRoundTrip(queries) }
        guard !statements.isEmpty else { return [] }
        do {
            return try await self.send(statements, until: deadline, commits: false).suffix(queries.count)
        } catch {
            throw self.noting(error)
        }
    }

    private func send(
        _ statements: [PostgresQuery],
        until deadline: ContinuousClock.Instant,
        commits: Bool,
        isShielded: Bool = false
    ) async throws -> [PostgresRows] {
        let reply = Reply<[PostgresRows]>()
        self.client.engine.onLoop { [lease = self.lease] in
            $0.submit(statements, on: lease, commits: commits, reply: reply, deadline: deadline)
        }
        return try await reply.wait(isShielded: isShielded)
    }

    private func noting(_ error: any Error) -> any Error {
        self.state.withLock { $0.failed(error) }
        return error
    }

    // MARK: - The end, called by the client

    /// The conflict that makes it worth running the whole transaction again.
    var conflict: PostgresError? { self.state.withLock { $0.conflict } }

    /// A commit that is on its way is waited for, also by a caller who was cancelled or is late: its answer is worth a second.
    private static let grace = Duration.seconds(1)

    /// Commits and gives the connection back.
    ///
    /// - Throws: ``PostgresError``; when it is `isCommitUnknown`, nobody knows.
    func commit() async throws {
        do {
            let now = ContinuousClock.now
            let limit = CallScope.current.deadline?.instant ?? now.advanced(by: self.client.configuration.statementTimeout)
            if let statements = try self.state.withLock({ try $0.takeCommit() }) {
                let latest = max(limit, now.advanced(by: Self.grace))
                let results = try await self.send(statements, until: latest, commits: true, isShielded: true)
                // COMMIT after a failed statement is answered with ROLLBACK, and that is no error to the server.
                guard results.last?.storage.commandTag != "ROLLBACK" else {
                    throw PostgresError(
                        .server, "A statement had failed, so nothing was committed", sqlState: .inFailedTransaction
                    )
                }
            }
        } catch {
            throw self.noting(error)
        }
        self.release(discard: false)
        for action in self.state.withLock({ $0.takeAfterCommit() }) { action() }
    }

    /// Rolls back and gives the connection back, or closes it when its state is unknown.
    func rollback() async {
        guard let statements = self.state.withLock({ $0.takeRollback() }) else {
            return self.release(discard: self.state.withLock { $0.isBroken })
        }
        let limit = ContinuousClock.now.advanced(by: Self.grace)
        do {
            _ = try await self.send(statements, until: limit, commits: false, isShielded: true)
            self.release(discard: false)
        } catch {
            self.release(discard: true)
        }
    }

    private func release(discard: Bool) {
        self.client.engine.onLoop { [lease = self.lease] in $0.release(lease, discard: discard) }
    }
}
