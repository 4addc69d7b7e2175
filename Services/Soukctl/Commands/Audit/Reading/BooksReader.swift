import Postgres

/// Fetches the books: the shoppers' journal, the services' databases and the provider's journal.
package struct BooksReader: Sendable {
    private let journal: [JournalEntry]?
    private let databases: ShopDatabases
    private let provider: @Sendable () async throws -> [ProviderRow]

    /// Reads the journal at once, everything else later.
    ///
    /// - Throws: ``SoukctlError`` when the journal cannot be read or the shop file lacks what the auditor needs.
    package init(shop: ShopFile, journal: String?) throws {
        let provider = try ProviderJournal(shop)
        let entries = try journal.map { path throws(SoukctlError) in try Journal.read(path) }
        try self.init(databases: shop.databases ?? [:], journal: entries) { try await provider.read() }
    }

    /// - Parameters:
    ///   - databases: Connection strings by database.
    ///   - journal: What shoppers were told, if there is a journal.
    ///   - provider: Fetches the provider's journal.
    /// - Throws: ``SoukctlError`` when a database is missing, `PostgresError` for a connection string that is none.
    package init(
        databases: [String: String],
        journal: [JournalEntry]?,
        provider: @escaping @Sendable () async throws -> [ProviderRow]
    ) throws {
        for name in ["order_tracking", "catalog", "payments"] where databases[name] == nil {
            throw SoukctlError(.usage, "the shop's file has no connection string for the database \(name)")
        }
        self.journal = journal
        self.provider = provider
        self.databases = try ShopDatabases(databases, application: "soukctl-audit")
    }

    /// Opens the databases for as long as `body` runs, for the whole books.
    package func reading<Result: Sendable>(
        _ body: (@escaping @Sendable () async throws -> Books) async throws -> Result
    ) async throws -> Result {
        try await self.databases.opened { clients in try await body { try await self.read(clients) } }
    }

    /// Reads how far events have come, and nothing else.
    package func events() async throws -> EventRows {
        try await self.databases.opened { clients in try await Self.readEvents(clients) }
    }

    private func read(_ clients: [String: PostgresClient]) async throws -> Books {
        var books = Books()
        books.journal = self.journal
        books.events = try await Self.readEvents(clients)
        for (name, client) in clients {
            try await Self.reading(client) { transaction in
                switch name {
                case "order_tracking": books.orders = try await OrdersBook.read(transaction)
                case "catalog": (books.stock, books.reservations) = try await StockBook.read(transaction)
                case "payments":
                    (books.payments, books.ledger) = try await PaymentsBook.read(transaction)
                    books.openMatters = try await PaymentsBook.readOpenMatters(transaction)
                default: break
                }
            }
        }
        books.provider = try await self.provider()
        return books
    }

    /// Consumers first: a cursor read later than its producer's numbers could seem to be ahead of them.
    private static func readEvents(_ clients: [String: PostgresClient]) async throws -> EventRows {
        var events = EventRows()
        for client in clients.values {
            try await Self.reading(client) { try await EventsBook.readConsumers($0, into: &events) }
        }
        for (name, client) in clients {
            try await Self.reading(client) { try await EventsBook.readProducer(name, $0, into: &events) }
        }
        return events
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
