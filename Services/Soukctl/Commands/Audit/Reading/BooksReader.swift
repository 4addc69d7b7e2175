import Logging
import Postgres

/// Fetches the books: the shoppers' journal, the services' databases and the provider's journal.
package struct BooksReader: Sendable {
    private let journal: [JournalEntry]?
    private let databases: [String: PostgresConfiguration]
    private let provider: ProviderJournal

    /// - Throws: ``SoukctlError`` when the journal cannot be read or the shop file lacks what the auditor needs.
    package init(shop: ShopFile, journal: String?) throws {
        if let journal { self.journal = try Journal.read(journal) } else { self.journal = nil }
        self.provider = try ProviderJournal(shop)
        var databases: [String: PostgresConfiguration] = [:]
        for name in ["order_tracking", "catalog", "payments"] where shop.databases?[name] == nil {
            throw SoukctlError(.usage, "the shop's file has no connection string for the database \(name)")
        }
        for (name, url) in shop.databases ?? [:] {
            var configuration = try PostgresConfiguration(url: url)
            configuration.applicationName = "soukctl-audit"
            configuration.transactionConnections = 1
            configuration.statementTimeout = .seconds(120)
            configuration.connectTimeout = .seconds(5)
            configuration.acquireTimeout = .seconds(10)
            databases[name] = configuration
        }
        self.databases = databases
    }

    /// Opens the databases for as long as `body` runs.
    package func reading<Result: Sendable>(
        _ body: (@escaping @Sendable () async throws -> Books) async throws -> Result
    ) async throws -> Result {
        let logger = Logger(label: "soukctl") { _ in SwiftLogNoOpLogHandler() }
        let clients = self.databases.mapValues { PostgresClient(configuration: $0, logger: logger) }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            for client in clients.values { group.addTask { await client.run() } }
            defer { group.cancelAll() }
            return try await body { try await self.read(clients) }
        }
    }

    private func read(_ clients: [String: PostgresClient]) async throws -> Books {
        var books = Books()
        books.journal = self.journal
        // Consumers first: a cursor read later than its producer's numbers could seem to be ahead of them.
        for (name, client) in clients {
            try await Self.reading(client) { try await EventsBook.readConsumers(name, $0, into: &books.events) }
        }
        for (name, client) in clients {
            try await Self.reading(client) { transaction in
                try await EventsBook.readProducer(name, transaction, into: &books.events)
                switch name {
                case "order_tracking": books.orders = try await OrdersBook.read(transaction)
                case "catalog": (books.stock, books.reservations) = try await StockBook.read(transaction)
                case "payments": (books.payments, books.ledger) = try await PaymentsBook.read(transaction)
                default: break
                }
            }
        }
        books.provider = try await self.provider.read()
        return books
    }

    /// One snapshot of one database, in which nothing can be written.
    private static func reading(_ client: PostgresClient, _ body: (PostgresTransaction) async throws -> Void) async throws {
        do {
            try await client.withTransaction(isolation: .repeatableRead) { transaction in
                try await transaction.execute("set transaction read only")
                try await body(transaction)
            }
        } catch let error as PostgresError {
            throw SoukctlError(.audit, "the books cannot be read: \(String(reflecting: error))")
        }
    }
}
