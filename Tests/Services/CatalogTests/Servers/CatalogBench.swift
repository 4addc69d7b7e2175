import Caching
import CatalogDomain
import Commerce
import Contracts
import Events
import Logging
import Postgres
import Redis
import TestSupport
import Testing

@testable import CatalogService

/// The catalogue's parts over a schema of their own on the real servers.
struct CatalogBench: Sendable {
    let postgres: PostgresClient
    let outbox: Outbox
    let store: ProductStore
    let pages: ProductPages
    let edition: CacheEdition
    let list: CachedProductList
    let changes: StaffChanges
    let settle: SettleReservation

    private static let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private init(_ postgres: PostgresClient, _ redis: RedisClient) {
        self.postgres = postgres
        self.outbox = Outbox(topic: Topic.catalog.rawValue, source: "souk/catalog")
        self.store = ProductStore(postgres: postgres)
        // No page ends by itself while a test runs.
        self.pages = ProductPages(store: self.store, redis: redis, timeToLive: .seconds(3_600), logger: Self.silent)
        self.edition = CacheEdition(name: "product-list", redis: redis, logger: Self.silent)
        self.list = CachedProductList(
            list: ProductList(store: self.store), edition: self.edition, redis: redis, timeToLive: .seconds(3_600),
            logger: Self.silent
        )
        self.changes = StaffChanges(outbox: self.outbox)
        self.settle = SettleReservation(outbox: self.outbox, pages: self.pages)
    }

    /// Runs a test with fresh tables, which are dropped afterwards.
    static func with(_ body: (CatalogBench) async throws -> Void) async throws {
        var configuration = try RedisConfiguration(url: #require(TestServers.redis))
        configuration.connectTimeout = .seconds(20)
        configuration.commandTimeout = .seconds(20)
        let redis = RedisClient(configuration: configuration, logger: Self.silent)
        let running = Task { await redis.run() }
        defer { running.cancel() }
        try await Self.schema(CatalogApp.migrations) { try await body(CatalogBench($0, redis)) }
    }

    /// A client of a fresh schema with some tables.
    static func schema(_ migrations: [PostgresMigration], _ body: (PostgresClient) async throws -> Void) async throws {
        let base = try #require(TestServers.postgres)
        let schema = "catalog_\(UInt64.random(in: 0...(.max)))"
        _ = try await Self.client(base) { try await $0.execute("create schema \(unescaped: schema)") }
        let separator = base.contains("?") ? "&" : "?"
        let result: Result<Void, any Error>
        do {
            try await Self.client(base + separator + "options=-csearch_path%3D" + schema) { postgres in
                try await PostgresMigrator(client: postgres, logger: Self.silent).apply(migrations)
                try await body(postgres)
            }
            result = .success(())
        } catch {
            result = .failure(error)
        }
        _ = try await Self.client(base) { try await $0.execute("drop schema \(unescaped: schema) cascade") }
        try result.get()
    }

    private static func client<Result>(_ url: String, _ body: (PostgresClient) async throws -> Result) async throws -> Result {
        var configuration = try PostgresConfiguration(url: url)
        // What is tested is what happens, not how soon: the machine may be busy.
        configuration.connectTimeout = .seconds(30)
        configuration.acquireTimeout = .seconds(60)
        configuration.statementTimeout = .seconds(60)
        let client = PostgresClient(configuration: configuration, logger: Self.silent)
        let running = Task { await client.run() }
        defer { running.cancel() }
        return try await body(client)
    }

    // MARK: - Short ways

    static func details(_ name: String = "Tea", price: Int64 = 100) throws -> ProductDetails {
        try ProductDetails(name: name, description: "", price: Money(amount: price, currency: .gbp), imageURL: nil)
    }

    @discardableResult
    func create(_ sku: String, stock: Int64, name: String = "Tea") async throws -> Product {
        let (sku, details, stock) = (try SKU(sku), try Self.details(name), try StockDelta.opening(stock))
        return try await self.postgres.withTransaction { transaction in
            try await self.changes.create(sku, details, stock: stock, by: "acc_1", in: transaction)
        }
    }

    func reserve(_ order: String, _ lines: KeyValuePairs<String, Int64>, command: String = "cmd_1") async throws {
        let lines = try lines.map { StockLine(sku: try SKU($0.key), quantity: $0.value) }
        let order = try OrderID(order)
        try await self.postgres.withTransaction { transaction in
            try await self.settle.reserve(lines, for: order, command: command, in: transaction)
        }
    }

    func settle(_ kind: ReservationCommand, _ order: String, command: String = "cmd_2") async throws {
        let order = try OrderID(order)
        try await self.postgres.withTransaction { transaction in
            try await self.settle.settle(kind, order: order, command: command, in: transaction)
        }
    }

    /// `available held shipped` of a product.
    func stock(_ sku: String) async throws -> String? {
        try await self.postgres.query(
            "select available || ' ' || held || ' ' || shipped from stock where sku = \(sku)"
        ).first?.decode(String.self)
    }

    /// What was said about an aggregate, in order: the types without their frame, and the versions.
    func said(about id: String) async throws -> [String] {
        try await self.postgres.query("select type, agg_ver from outbox where agg_id = \(id) order by id").map { row in
            let (type, version) = try row.decode((String, Int64).self)
            return "\(type.dropFirst(5).dropLast(3)) \(version)"
        }
    }

    /// Products whose pieces do not add up; none, always.
    func unbalanced() async throws -> [String] {
        try await self.postgres.query(
            """
            select s.sku from stock s where available + held + shipped
              <> (select coalesce(sum(delta), 0) from stock_receipts r where r.sku = s.sku)
            or held <> (select coalesce(sum(l.quantity), 0) from reservation_lines l join reservations using (order_id)
              where l.sku = s.sku and state = 'held')
            or shipped <> (select coalesce(sum(l.quantity), 0) from reservation_lines l join reservations using (order_id)
              where l.sku = s.sku and state = 'committed')
            """
        ).decode(String.self)
    }
}
