import Logging
import Readiness

/// All connections of a client, on the loop's thread.
///
/// An actor pinned to the loop: its parts need no locks and no `Sendable`. Callers hand over closures with ``onLoop(_:)``, one
/// enqueue for each request; the loop answers their ``Reply`` without a further hop.
actor PostgresEngine {
    nonisolated let loop: ReadinessLoop
    private let pipeline: PipelineConnections
    private let transactions: TransactionConnections

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe self.loop.asUnownedSerialExecutor() }

    init(loop: ReadinessLoop, configuration: PostgresConfiguration, logger: Logger, metrics: PostgresMetrics) {
        self.loop = loop
        let hosts = HostBook(plan: ConnectionPlan(options: configuration.options))
        self.pipeline = PipelineConnections(
            loop: loop, configuration: configuration, hosts: hosts, logger: logger, metrics: metrics
        )
        self.transactions = TransactionConnections(
            loop: loop, configuration: configuration, hosts: hosts, logger: logger, metrics: metrics
        )
    }

    nonisolated func onLoop(_ body: @escaping @Sendable (isolated PostgresEngine) -> Void) {
        self.loop.execute { self.assumeIsolated(body) }
    }

    func start() {
        self.pipeline.start()
        self.transactions.start()
    }

    func close() {
        self.pipeline.close()
        self.transactions.close()
    }

    // MARK: - Statements

    /// Sends statements over the shared connections.
    func submit(_ statements: [PostgresQuery], reply: Reply<[PostgresRows]>, deadline: ContinuousClock.Instant) {
        // The caller may have been cancelled before the loop came round to it.
        guard !reply.isDone else { return }
        let exchange = Exchange(statements: statements, reply: reply, commits: true, mayResend: true)
        self.limit(exchange, deadline)
        self.pipeline.submit(exchange)
    }

    /// Sends statements of a transaction over its own connection.
    func submit(
        _ statements: [PostgresQuery],
        on lease: Int,
        commits: Bool,
        reply: Reply<[PostgresRows]>,
        deadline: ContinuousClock.Instant
    ) {
        guard !reply.isDone else { return }
        let exchange = Exchange(statements: statements, reply: reply, commits: commits, mayResend: false)
        guard let connection = self.transactions.connection(lease) else {
            return exchange.abandon(PostgresError(.connection, "The transaction's connection was lost"))
        }
        self.limit(exchange, deadline)
        connection.send(exchange)
    }

    func runScript(_ sql: String, on lease: Int, reply: Reply<Void>) {
        guard let connection = self.transactions.connection(lease) else {
            reply.fail(PostgresError(.connection, "The transaction's connection was lost"))
            return
        }
        connection.runScript(sql, reply: reply)
    }

    private func limit(_ exchange: Exchange, _ deadline: ContinuousClock.Instant) {
        exchange.timer = self.loop.schedule(at: deadline) { [weak exchange] in
            guard let exchange else { return }
            exchange.reply.fail(
                PostgresError(.timeout, "No answer in time", isCommitUnknown: exchange.isSent && exchange.commits)
            )
        }
    }

    // MARK: - Leases

    func lease(_ reply: Reply<Int>, until deadline: ContinuousClock.Instant) {
        guard !reply.isDone else { return }
        self.transactions.lease(reply, until: deadline)
    }

    func abandon(_ reply: Reply<Int>) {
        self.transactions.abandon(reply)
    }

    func release(_ lease: Int, discard: Bool) {
        self.transactions.release(lease, discard: discard)
    }
}
