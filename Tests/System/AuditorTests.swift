import Logging
import Postgres
import Testing

extension SystemTests {
    /// What the connection strings in `shop.json` let their holder do, in the shop as it runs.
    @Suite struct AuditorTests {
        @Test func auditorReadsTheBooks() async throws {
            try await Self.auditor(of: "order_tracking") { client in
                let orders = try await client.query("select count(id) from orders").decode(Int64.self)
                #expect(orders.count == 1)
            }
            let events = try await Command.soukctl("events")
            #expect(events.status == 0, "\(events.output)")
            #expect(events.output.contains("catalog reads orders"), "\(events.output)")
        }

        @Test(arguments: [
            ("login", "select password_hash from accounts"),
            ("login", "select private_key from signing_keys"),
            ("login", "select hash from refresh_tokens"),
            ("login", "select body from idempotency_keys"),
            ("payments", "select provider_token from payment_methods"),
            ("payments", "select provider_token from payments"),
            ("order_tracking", "select shipping_address from orders"),
            ("order_tracking", "update orders set status = 'cancelled'"),
            ("payments", "delete from ledger_entries"),
            ("catalog", "insert into stock_receipts (sku, delta, reason, account_id) values ('A', 1, 'restock', 'me')"),
            ("cart", "truncate carts"),
            ("cart", "create table mine (id int)"),
        ])
        func auditorReadsNoSecretAndWritesNothing(database: String, statement: String) async throws {
            try await Self.auditor(of: database) { client in
                let error = await #expect(throws: PostgresError.self) {
                    try await client.withTransaction { transaction in
                        try await transaction.execute("set transaction read write")
                        try await transaction.execute(PostgresQuery(unescaped: statement))
                    }
                }
                #expect(error?.sqlState == .insufficientPrivilege, "\(String(reflecting: error))")
            }
        }

        private static func auditor(of database: String, _ body: (PostgresClient) async throws -> Void) async throws {
            let url = try #require(try TestShop.load().databases[database])
            let logger = Logger(label: "auditor") { _ in SwiftLogNoOpLogHandler() }
            var configuration = try PostgresConfiguration(url: url)
            configuration.connectTimeout = .seconds(30)
            configuration.acquireTimeout = .seconds(60)
            configuration.statementTimeout = .seconds(60)
            let client = PostgresClient(configuration: configuration, logger: logger)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await client.run() }
                defer { group.cancelAll() }
                try await body(client)
            }
        }
    }
}
