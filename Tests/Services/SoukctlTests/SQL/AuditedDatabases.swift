import Events
import Foundation
import Logging
import Postgres
import SoukctlCommands
import TestSupport

/// Databases as the services' own migrations make them, with one confirmed order in them: right in every respect.
struct AuditedDatabases {
    let urls: [String: String]

    /// Makes the databases, hands them over and drops them.
    ///
    /// - Parameter prepare: What is done to them while they have no tables yet.
    static func with(
        prepare: (AuditedDatabases) async throws -> Void = { _ in },
        _ body: (AuditedDatabases) async throws -> Void
    ) async throws {
        let root = TestServers.postgres ?? ""
        let prefix = "audit_\(UUID().uuidString.prefix(8).lowercased())"
        let names = ["order_tracking", "catalog", "payments", "login"]
        let base = root.prefix(upTo: root.lastIndex(of: "/") ?? root.endIndex)
        let urls = Dictionary(uniqueKeysWithValues: names.map { ($0, "\(base)/\(prefix)_\($0)") })
        try await Self.client(root) { client in
            for name in names { try await client.execute(PostgresQuery(unescaped: "create database \(prefix)_\(name)")) }
        }
        let databases = AuditedDatabases(urls: urls)
        do {
            try await prepare(databases)
            try await databases.fill()
            try await body(databases)
        } catch {
            try await Self.drop(names.map { "\(prefix)_\($0)" }, root)
            throw error
        }
        try await Self.drop(names.map { "\(prefix)_\($0)" }, root)
    }

    /// What the provider did: it holds the order's money.
    static let provider = [ProviderRow(type: "authorized", order: "ord_1", intent: "pi_1", amount: 500)]

    /// What the shopper was told.
    static let journal = [
        JournalEntry(
            run: "r", sale: "1", key: "k", orderID: "ord_1", checkoutID: "chk_1", total: 500, currency: "GBP",
            lines: [JournalEntry.Line(sku: "A", quantity: 2, unitPrice: 250)]
        )
    ]

    func audit() async throws -> AuditReport {
        let reader = try BooksReader(databases: self.urls, journal: Self.journal) { Self.provider }
        return try await reader.reading { read in
            try await Auditor(stuckAfter: 60, read: read).audit(wait: .zero)
        }
    }

    /// Changes a database as no service would: past its triggers and foreign keys.
    func change(_ database: String, _ statements: [String]) async throws {
        try await Self.client(self.urls[database] ?? "") { client in
            try await client.withTransaction { transaction in
                try await transaction.execute("set local session_replication_role = replica")
                for statement in statements { try await transaction.execute(PostgresQuery(unescaped: statement)) }
            }
        }
    }

    /// Runs a script of `deploy/postgres` in a database, as its superuser.
    func apply(_ script: String, to database: String) async throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../../deploy/postgres/\(script)").standardizedFileURL
        let sql = try String(contentsOf: file, encoding: .utf8)
        try await Self.client(self.urls[database] ?? "") { client in
            try await client.withTransaction { try await $0.script(sql) }
        }
    }

    /// The same databases, entered by another role.
    func seen(by role: String) -> AuditedDatabases {
        AuditedDatabases(
            urls: self.urls.mapValues { url in
                guard let scheme = url.range(of: "://"), let host = url.firstIndex(of: "@") else { return url }
                return url[..<scheme.upperBound] + role + url[host...]
            }
        )
    }

    private func fill() async throws {
        let folders = ["order_tracking": "OrderTracking", "catalog": "Catalog", "payments": "Payments", "login": "Login"]
        for (database, folder) in folders {
            try await Self.client(self.urls[database] ?? "") { client in
                let migrator = PostgresMigrator(client: client, logger: Self.logger)
                try await migrator.apply(Outbox.migrations + Inbox.migrations + Self.migrations(folder))
            }
            try await self.change(database, Self.rows[database] ?? [])
        }
        // Numbers are given in a transaction after the one that wrote the events, as the relay does.
        try await self.change("order_tracking", [Self.lease, "select * from outbox_tick_now('\(Self.relay)', 100)"])
    }

    private static let relay = "00000000-0000-4000-8000-000000000001"
    private static let lease = "select * from outbox_lease('\(relay)', interval '1 minute')"

    private static let rows: [String: [String]] = [
        "order_tracking": [
            """
            insert into orders (id, account_id, checkout_id, payment_id, payment_method_id, status, stock_step, payment_step,
              currency, total, shipping_address)
            values ('ord_1', 'acc_1', 'chk_1', 'pay_1', 'pm_1', 'confirmed', 'held', 'authorized', 'GBP', 500, '{}')
            """,
            "insert into order_lines (order_id, line, sku, name, quantity, unit_price) values ('ord_1', 1, 'A', 'Pot', 2, 250)",
            "insert into outbox_part (part) values (0)",
            """
            insert into outbox (part, agg_type, agg_id, agg_ver, event_id, type, payload)
            select 0, 'order', 'ord_1', v, gen_random_uuid(), 'souk.order.placed.v1', '' from generate_series(1, 2) v
            """,
        ],
        "catalog": [
            "insert into products (sku, name, description, price_minor, currency) values ('A', 'Pot', '', 250, 'GBP')",
            "insert into stock (sku, available, held, shipped) values ('A', 8, 2, 0)",
            "insert into stock_receipts (sku, delta, reason, account_id) values ('A', 10, 'opening', 'acc_staff')",
            "insert into reservations (order_id, state) values ('ord_1', 'held')",
            "insert into reservation_lines (order_id, sku, quantity) values ('ord_1', 'A', 2)",
            "insert into inbox_cursor (grp, topic, part, pos) values ('catalog', 'orders', 0, 2)",
        ],
        "payments": [
            """
            insert into payments (id, order_id, account_id, payment_method_id, provider_token, provider_intent, status,
              currency, authorized)
            values ('pay_1', 'ord_1', 'acc_1', 'pm_1', 'pmt_1', 'pi_1', 'authorized', 'GBP', 500)
            """,
            """
            insert into ledger_transactions (id, kind, ref, order_id, currency)
            values ('pay_1:authorize', 1, 'pay_1', 'ord_1', 'GBP')
            """,
            """
            insert into ledger_entries (transaction_id, seq, account, amount, layer)
            values ('pay_1:authorize', 1, 'psp-clearing', 500, 1), ('pay_1:authorize', 2, 'customer-receivable', -500, 1)
            """,
        ],
    ]

    private static func migrations(_ service: String) throws -> [PostgresMigration] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../../../Services/\(service)/Service/Migrations"
        ).standardizedFileURL
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".sql") }.sorted()
        return try files.map { file in
            let sql = try String(contentsOf: folder.appending(path: file), encoding: .utf8)
            return PostgresMigration(id: String(file.dropLast(4)), sql: sql)
        }
    }

    private static let logger = Logger(label: "audit-tests") { _ in SwiftLogNoOpLogHandler() }

    static func client(_ url: String, _ body: (PostgresClient) async throws -> Void) async throws {
        var configuration = try PostgresConfiguration(url: url)
        // What is tested is what happens, not how soon: the machine may be busy.
        configuration.connectTimeout = .seconds(30)
        configuration.acquireTimeout = .seconds(60)
        configuration.statementTimeout = .seconds(120)
        let client = PostgresClient(configuration: configuration, logger: Self.logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await client.run() }
            defer { group.cancelAll() }
            try await body(client)
        }
    }

    private static func drop(_ names: [String], _ root: String) async throws {
        try await Self.client(root) { client in
            for name in names { try await client.execute(PostgresQuery(unescaped: "drop database \(name) with (force)")) }
        }
    }
}
