import Contracts
import Events
import Hummingbird
import OrderTrackingDomain
import Postgres
import RPC
import Redis
public import ServiceKit

/// Puts order-tracking together: stores, the saga's shell, the routes, the event handlers.
public struct OrderTrackingApp: ServiceApp {
    public static let name = "order-tracking"

    public static let settings: [any SettingDescription] = OrderTrackingSettings.all

    /// The service's tables, the outbox, the inbox and the idempotency keys.
    static let migrations: [PostgresMigration] =
        [PostgresMigration(id: "V001_create_orders", sql: String(decoding: PackageResources.V001_create_orders_sql, as: UTF8.self))]
        + Outbox.migrations + Inbox.migrations + IdempotencyStore.migrations

    public init(host: ServiceHost) async throws {
        let timing = try OrderTrackingSettings.timing(host.settings)
        let postgres = try await host.postgres(migrations: Self.migrations)
        let log = RedisEventLog(redis: try host.redisLog())
        let carts = RPCCartGateway(client: try host.rpcClient("cart"))

        let outbox = Outbox(topic: Topic.orders.rawValue, source: "souk/order-tracking")
        let watch = OrderWatch()
        let store = PostgresOrderStore(postgres: postgres, timing: timing)
        let runner = SagaRunner(store: store, outbox: outbox, timing: timing, watch: watch, metrics: OrderMetrics())

        host.add(OutboxRelay(outbox: outbox, postgres: postgres, log: log, logger: host.logger))
        host.add(
            EventConsumer(
                group: Self.name,
                topics: [TopicSubscription(topic: Topic.catalog.rawValue), TopicSubscription(topic: Topic.payments.rawValue)], log: log,
                postgres: postgres, handler: SagaReplyHandler(runner: runner), logger: host.logger
            )
        )
        let sweeper = SagaSweeper(postgres: postgres, store: store, runner: runner)
        host.add(
            PeriodicWork("overdue-sagas", every: .seconds(1), deadline: .seconds(30), logger: host.logger) { try await sweeper.sweep() }
        )
        let (outboxSample, orderSample) = (OutboxSample(outbox: outbox, postgres: postgres), OrderSample(postgres: postgres))
        try host.sample("outbox") { try await outboxSample.take() }
        try host.sample("orders") { try await orderSample.take() }
        host.rpc(OrdersRPC(store: store).handlers)

        let idempotency = host.idempotency(postgres)
        let awaiting = AwaitOrder(store: store, watch: watch)
        let change = ChangeOrder(postgres: postgres, idempotency: idempotency, store: store, runner: runner)
        let place = PlaceOrder(postgres: postgres, idempotency: idempotency, carts: carts, runner: runner, logger: host.logger)
        OrdersController(place: place, change: change, store: store, awaiting: awaiting).addRoutes(to: host.router)
        StaffOrdersController(change: change, store: store).addRoutes(to: host.router)
        OrderStreamController(store: store, awaiting: awaiting).addRoutes(to: host.router)
        host.serveOpenAPI(PackageResources.openapi_json, as: "orders")
    }
}
