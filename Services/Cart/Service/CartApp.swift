import Caching
import CartDomain
import Contracts
import Events
import Postgres
import RPC
import Redis
public import ServiceKit

/// Puts cart together.
public struct CartApp: ServiceApp {
    public static let name = "cart"

    public static let settings: [any SettingDescription] = CartSettings.all

    static let migrations: [PostgresMigration] =
        [
            PostgresMigration(id: "V001_create_carts", sql: PackageResources.V001_create_carts_sql),
            PostgresMigration(id: "V002_index_completed_checkouts", sql: PackageResources.V002_index_completed_checkouts_sql),
        ] + Outbox.migrations + Inbox.migrations + IdempotencyStore.migrations

    public init(host: ServiceHost) async throws {
        let postgres = try await host.postgres(migrations: Self.migrations)
        let log = RedisEventLog(redis: try host.redisLog())
        let cache = TTLCache<ProductInfo>(
            name: "cart-product", redis: try host.redisCache(), codec: .json, ttl: try host.settings.value(CartSettings.productTTL),
            staleFor: .seconds(3_600), logger: host.logger
        )
        let book = CachedProductBook(catalog: try host.rpcClient("catalog"), cache: cache)

        let outbox = Outbox(topic: Topic.cart.rawValue, source: "souk/cart")
        let store = PostgresCartStore(postgres: postgres)
        let show = ShowCart(book: book)
        let completion = CompleteCheckout(postgres: postgres, store: store, outbox: outbox)

        // Its events only tell what has happened: no order waits for them.
        host.add(OutboxRelay(outbox: outbox, postgres: postgres, log: log, configuration: .unhurried, logger: host.logger))
        host.add(
            EventConsumer(
                group: Self.name, topics: [Topic.orders, Topic.catalog].map { TopicSubscription(topic: $0.rawValue) }, log: log,
                postgres: postgres, handler: CartEvents(completion: completion, prices: PriceUpdates(cache: cache)), logger: host.logger
            )
        )
        let outboxSample = OutboxSample(outbox: outbox, postgres: postgres)
        try host.sample("outbox") { try await outboxSample.take() }
        let days = try host.settings.value(CartSettings.guestDays)
        let sweeper = CartSweeper(store: store, guestAge: .seconds(days * 86_400))
        host.add(
            PeriodicWork("old-carts", every: .seconds(600), deadline: .seconds(300), logger: host.logger) { try await sweeper.sweep() }
        )
        host.rpc(CartRPC(store: store, show: show, completion: completion).handlers)

        let change = ChangeCart(postgres: postgres, store: store, outbox: outbox)
        CartController(store: store, change: change, show: show, idempotency: host.idempotency(postgres)).addRoutes(to: host.router)
        host.serveOpenAPI(PackageResources.openapi_json, as: "cart")
    }
}
