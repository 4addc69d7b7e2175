import CartDomain
import Commerce
import Events
import Logging
import Postgres
import ServiceKit
import TestSupport
import Testing

@testable import CartService

/// The cart's tables in a schema of their own on the real server, and the commands over them.
struct CartFixture: Sendable {
    let postgres: PostgresClient
    let store: PostgresCartStore
    let change: ChangeCart
    let completion: CompleteCheckout
    let idempotency: IdempotencyStore

    private init(_ postgres: PostgresClient) {
        let outbox = Outbox(topic: "cart", source: "souk/cart")
        self.postgres = postgres
        self.store = PostgresCartStore(postgres: postgres)
        self.change = ChangeCart(postgres: postgres, store: self.store, outbox: outbox)
        self.completion = CompleteCheckout(postgres: postgres, store: self.store, outbox: outbox)
        self.idempotency = IdempotencyStore(postgres: postgres)
    }

    /// Runs a test with fresh tables.
    static func with(_ body: (CartFixture) async throws -> Void) async throws {
        let url = try #require(TestServers.postgres)
        let schema = "cart_\(UInt64.random(in: 0...(.max)))"
        try await Self.client(url) { admin in
            try await admin.execute("create schema \(unescaped: schema)")
            let outcome: Result<Void, any Error>
            do {
                let separator = url.contains("?") ? "&" : "?"
                try await Self.client(url + separator + "options=-csearch_path%3D" + schema) { postgres in
                    try await PostgresMigrator(client: postgres, logger: Self.logger).apply(CartApp.migrations)
                    try await body(CartFixture(postgres))
                }
                outcome = .success(())
            } catch {
                outcome = .failure(error)
            }
            try await admin.execute("drop schema \(unescaped: schema) cascade")
            try outcome.get()
        }
    }

    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private static func client(_ url: String, _ body: (PostgresClient) async throws -> Void) async throws {
        var configuration = try PostgresConfiguration(url: url)
        // What is tested is what happens, not how soon: the machine may be busy.
        configuration.connectTimeout = .seconds(30)
        configuration.acquireTimeout = .seconds(60)
        configuration.statementTimeout = .seconds(60)
        let client = PostgresClient(configuration: configuration, logger: Self.logger)
        let run = Task { await client.run() }
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(client)) } catch { outcome = .failure(error) }
        run.cancel()
        await run.value
        try outcome.get()
    }

    /// How many events were written.
    func events(_ type: String) async throws -> Int64 {
        try await self.postgres.query("select count(*) from outbox where type = \(type)")[0].decode(Int64.self)
    }
}

/// A line, for tests.
func line(_ sku: String, _ quantity: Int) throws -> CartLine {
    CartLine(sku: try SKU(sku), quantity: try Quantity(quantity))
}
