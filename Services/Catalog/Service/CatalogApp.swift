internal import Caching
internal import Contracts
internal import Events
internal import Postgres
public import ServiceKit

/// The catalogue: products, prices, stock and reservations.
public struct CatalogApp: ServiceApp {
    public static let name = "catalog"

    /// How long a product page is kept in the cache when nobody changes the product.
    static let pageTimeToLive = Setting<Duration>.seconds(
        "PRODUCT_CACHE_SECONDS", default: 30, in: 1...3_600,
        help: "How long a product page is kept in the cache when nothing makes it void."
    )

    /// How long a page of the list or of a search is kept.
    static let listTimeToLive = Setting<Duration>.seconds(
        "LIST_CACHE_SECONDS", default: 5, in: 1...3_600,
        help: "How long a page of the list or of a search is kept in the cache when the staff changes nothing."
    )

    public static var settings: [any SettingDescription] {
        DataSettings.database
            + [DataSettings.redisCacheURL, DataSettings.redisLogURL, Self.pageTimeToLive, Self.listTimeToLive]
    }

    /// Its tables, and those of the outbox, the inbox and the idempotency keys.
    static var migrations: [PostgresMigration] {
        [PostgresMigration(id: "V001_create_catalog", sql: PackageResources.V001_create_catalog_sql)]
            + Outbox.migrations + Inbox.migrations + IdempotencyStore.migrations
    }

    public init(host: ServiceHost) async throws {
        let postgres = try await host.postgres(migrations: Self.migrations)
        let log = RedisEventLog(redis: try host.redisLog())
        // Each command's locks are in order; those of several commands together would not be.
        var consumption = EventConsumer.Configuration()
        consumption.handledPerTransaction = 1
        let outbox = Outbox(topic: Topic.catalog.rawValue, source: "souk/catalog")
        let store = ProductStore(postgres: postgres)
        let cache = try host.redisCache()
        let pages = ProductPages(
            store: store, redis: cache, timeToLive: try host.settings.value(Self.pageTimeToLive), logger: host.logger
        )
        let edition = CacheEdition(name: "product-list", redis: cache, logger: host.logger)
        let list = CachedProductList(
            list: ProductList(store: store), edition: edition, redis: cache,
            timeToLive: try host.settings.value(Self.listTimeToLive), logger: host.logger
        )
        host.add(pages)
        host.add(OutboxRelay(outbox: outbox, postgres: postgres, log: log, logger: host.logger))
        host.add(
            EventConsumer(
                group: Self.name, topics: [TopicSubscription(topic: Topic.orders.rawValue)], log: log,
                postgres: postgres, handler: OrderCommands(settle: SettleReservation(outbox: outbox, pages: pages)),
                configuration: consumption, logger: host.logger
            )
        )
        let outboxSample = OutboxSample(outbox: outbox, postgres: postgres)
        try host.sample("outbox") { try await outboxSample.take() }
        host.rpc(CatalogRPC(store: store).handlers)
        ProductRoutes(list: list, pages: pages).add(to: host.router)
        StaffRoutes(
            changes: StaffChanges(outbox: outbox), pages: pages, edition: edition, postgres: postgres,
            idempotency: host.idempotency(postgres)
        ).add(to: host.router)
        host.serveOpenAPI(PackageResources.openapi_json, as: Self.name)
    }
}
