public import Logging
import Metrics
public import Readiness
import Resilience

/// A client of one PostgreSQL database.
///
/// Statements outside transactions are pipelined with those of all other tasks over a few shared connections; transactions have
/// connections to themselves. Nothing works before ``run()`` runs: callers wait, up to their deadline. Connections that are lost
/// come back by themselves; what was on its way fails, and says whether it may have been committed.
///
/// Waiting ends at `CallScope.current.deadline`, with ``PostgresError/Code/timeout``, and at the task's cancellation, with
/// `CancellationError`. A statement that was already sent may run to its end all the same, up to the server's statement time-out.
public final class PostgresClient: Sendable {
    let configuration: PostgresConfiguration
    let engine: PostgresEngine
    let logger: Logger
    let metrics: PostgresMetrics

    /// - Parameters:
    ///   - configuration: Where the database is, and bounds.
    ///   - logger: For connections that fail or are lost. Never for statements or values.
    ///   - loop: The thread that does the waiting. Clients share one by default.
    public init(configuration: PostgresConfiguration, logger: Logger, loop: ReadinessLoop = .shared) {
        self.configuration = configuration
        self.logger = logger
        self.metrics = PostgresMetrics(client: configuration.applicationName, limit: configuration.transactionConnections)
        self.engine = PostgresEngine(loop: loop, configuration: configuration, logger: logger, metrics: self.metrics)
    }

    /// Opens connections, keeps them open, and closes them when the task is cancelled. Runs once.
    public func run() async {
        await self.engine.start()
        try? await Reply<Void>().wait()
        await self.engine.close()
    }

    // MARK: - Statements outside transactions

    /// Runs one statement, which is its own transaction.
    ///
    /// - Returns: Its rows.
    /// - Throws: ``PostgresError``, or `CancellationError`.
    public func query(_ query: PostgresQuery) async throws -> PostgresRows {
        try await self.roundTrip([query])[0]
    }

    /// Runs one statement, which is its own transaction.
    ///
    /// - Returns: How many rows it inserted, changed or deleted.
    /// - Throws: ``PostgresError``, or `CancellationError`.
    @discardableResult
    public func execute(_ query: PostgresQuery) async throws -> Int {
        try await self.roundTrip([query])[0].affectedRows
    }

    /// Runs statements in one round trip and one transaction: all take effect, or none.
    ///
    /// It needs no connection of its own, which makes it the cheapest transaction there is, as long as no statement depends on
    /// another one's result.
    ///
    /// - Returns: The rows of each statement.
    /// - Throws: ``PostgresError`` of the first statement that failed, or `CancellationError`.
    @discardableResult
    public func batch(_ queries: [PostgresQuery]) async throws -> [PostgresRows] {
        guard !queries.isEmpty else { return [] }
        return try await self.roundTrip(queries)
    }

    private func roundTrip(_ queries: [PostgresQuery]) async throws -> [PostgresRows] {
        try Self.check(queries)
        let start = ContinuousClock.now
        let deadline = try self.deadline(from: start, unless: self.configuration.statementTimeout)
        let reply = Reply<[PostgresRows]>()
        self.engine.onLoop { $0.submit(queries, reply: reply, deadline: deadline) }
        defer { self.metrics.queryDuration.recordNanoseconds(start.duration(to: .now).nanoseconds) }
        do {
            return try await reply.wait()
        } catch {
            self.metrics.failedQueries.increment()
            throw error
        }
    }

    // MARK: - Deadlines

    /// The caller's deadline, or one made of the configured limits.
    ///
    /// - Throws: ``PostgresError`` of ``PostgresError/Code/timeout`` when it has passed: then nothing is begun.
    func deadline(from now: ContinuousClock.Instant, unless limit: Duration) throws -> ContinuousClock.Instant {
        try Task.checkCancellation()
        guard let deadline = CallScope.current.deadline else {
            return now.advanced(by: self.configuration.acquireTimeout + limit)
        }
        guard !deadline.isExpired(at: now) else { throw PostgresError(.timeout, "The deadline has passed") }
        return deadline.instant
    }

    /// The protocol counts parameters in 16 bits.
    static func check(_ queries: [PostgresQuery]) throws {
        for query in queries where query.bindings.count > Int(UInt16.max) {
            throw PostgresError(.misuse, "A statement cannot have \(query.bindings.count) parameters: use an array")
        }
    }
}
