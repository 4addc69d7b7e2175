package import Logging
package import Postgres

/// Compares the three books of the money again and again: the ledger, the payments, and the provider's journal.
///
/// A webhook or an answer that got lost for good, a charge that we know nothing of, a posting by hand: whatever the cause,
/// the difference becomes a number to alarm on and a row of `reconciliation_differences`. It corrects nothing. The provider's
/// journal is read on from where the last run ended, into `provider_books`; several instances do not get in each other's way.
package struct Reconciliation: Sendable {
    private let postgres: PostgresClient
    private let gateway: any PaymentGateway
    private let grace: Duration
    private let pageSize: Int
    private let logger: Logger
    private let metrics = ReconciliationMetrics()

    /// - Parameters:
    ///   - grace: How long a payment must have been at rest before it is compared with the provider's books, which are
    ///     written a moment earlier or later than ours.
    ///   - pageSize: So many lines of the journal are read at a time.
    package init(
        postgres: PostgresClient,
        gateway: any PaymentGateway,
        grace: Duration = .seconds(60),
        pageSize: Int = 1_000,
        logger: Logger
    ) {
        self.postgres = postgres
        self.gateway = gateway
        self.grace = grace
        self.pageSize = pageSize
        self.logger = logger
    }

    /// One comparison of what changed during the last day, and of what differed before.
    ///
    /// - Throws: `PostgresError`; ``GatewayError`` when the provider's journal cannot be read.
    @discardableResult
    package func run() async throws -> ReconciliationFindings {
        let (ledger, orders) = try await self.compareLedger()
        try await self.readJournal()
        let provider = try await self.compareProvider()
        let open = try await self.postgres.query(ReconciliationStatements.openDifferences).first?.decode(Int64.self) ?? 0
        let findings = ReconciliationFindings(ledgerAndPayments: ledger, paymentsAndProvider: provider, openDifferences: open)
        self.metrics.found(findings)
        if ledger > 0 {
            self.logger.error("The ledger and the payments differ", metadata: ["minor_units": "\(ledger)", "orders": "\(orders)"])
        }
        if provider > 0 || open > 0 {
            self.logger.error(
                "The payments and the provider's books differ", metadata: ["minor_units": "\(provider)", "payments": "\(open)"])
        }
        return findings
    }

    /// - Returns: All differences added up, and the first orders that have one.
    private func compareLedger() async throws -> (difference: Int64, orders: [String]) {
        var (difference, orders) = (Int64(0), [String]())
        for row in try await self.postgres.query(ReconciliationStatements.ledgerDifferences) {
            let (order, amount) = try row.decode((String, Int64).self)
            difference += amount
            if orders.count < 10 { orders.append(order) }
        }
        return (difference, orders)
    }

    /// Reads the provider's journal to its end.
    private func readJournal() async throws {
        while true {
            let place = try await self.postgres.query("select sequence from provider_journal_place").first?.decode(Int64.self) ?? 0
            let lines = try await self.gateway.journal(after: place, limit: self.pageSize)
            guard let last = lines.last else { return }
            try await self.postgres.withTransaction { transaction in
                // Where another instance was faster, it has written these lines down.
                let moved = try await transaction.execute(ReconciliationStatements.move(from: place, to: last.sequence))
                if moved == 1 { transaction.enqueue(ReconciliationStatements.add(lines)) }
            }
            if lines.count < self.pageSize { return }
        }
    }

    private func compareProvider() async throws -> Int64 {
        try await self.postgres.withTransaction { transaction in
            let results = try await transaction.pipeline([
                ReconciliationStatements.compareProvider(grace: self.grace), ReconciliationStatements.resolve(grace: self.grace),
            ])
            return try results[0].first?.decode(Int64.self) ?? 0
        }
    }
}
