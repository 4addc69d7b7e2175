import AsyncHTTPClient
import Commerce
import Contracts
import Events
import Foundation
import Logging
import PSPSimulatorService
import PaymentsService
import Postgres
import ServiceKit
import ServiceLifecycle
import TestSupport
import Testing
import Wire

/// Payments with everything around it: its database, order-tracking's outbox and relay, the log, the provider.
struct PaymentsHarness: Sendable {
    let postgres: PostgresClient
    let assembly: PaymentsAssembly
    let gateway: any PaymentGateway
    let log: any EventLog
    let simulator: SimulatorFixture
    let account = Fixture.new(AccountKind.self).rawValue
    private let orders: PostgresClient
    private let commands: Outbox

    /// - Parameters:
    ///   - runsWorker: Without it commands are taken in, but the provider is never called.
    ///   - requestTimeout: How long the provider is waited for; long, unless the test is about that.
    ///   - wrap: Puts another gateway before the real one.
    static func with(
        runsWorker: Bool = true,
        lostAnswer: PSPSimulatorConfiguration.LostAnswer = .drop,
        requestTimeout: Duration = .seconds(20),
        wrap: @escaping @Sendable (any PaymentGateway) -> any PaymentGateway = { $0 },
        _ body: (PaymentsHarness) async throws -> Void
    ) async throws {
        try await Turnstile.through {
            try await SimulatorFixture.with(lostAnswer: lostAnswer) { simulator in
                try await TestSchema.with(PaymentsMigrations.all) { postgres in
                    try await TestSchema.with(Outbox.migrations) { orders in
                        let log = InMemoryEventLog()
                        let configuration = PSPConfiguration(
                            url: simulator.url, apiKey: SimulatorFixture.apiKey, requestTimeout: requestTimeout, callTimeout: .seconds(60)
                        )
                        let gateway = wrap(PSPGateway(configuration: configuration, client: .shared))
                        let assembly = PaymentsAssembly(
                            postgres: postgres,
                            log: log,
                            gateway: gateway,
                            worker: CallWorkerConfiguration(pollInterval: .milliseconds(50)),
                            logger: .quiet
                        )
                        let commands = Outbox(topic: Topic.orders.rawValue, source: "souk/orders")
                        let relay = OutboxRelay(outbox: commands, postgres: orders, log: log, logger: .quiet)
                        let harness = PaymentsHarness(
                            postgres: postgres, assembly: assembly, gateway: gateway, log: log, simulator: simulator, orders: orders,
                            commands: commands
                        )
                        let services = assembly.services.filter { runsWorker || !($0 is CallWorker) } + [relay]
                        try await withThrowingTaskGroup(of: Void.self) { group in
                            for service in services { group.addTask { try? await service.run() } }
                            defer { group.cancelAll() }
                            try await body(harness)
                        }
                    }
                }
            }
        }
    }

    // MARK: - Doing

    /// Sends a command as order-tracking does: through its outbox and the log.
    func send<Message: EventMessage>(_ messages: Message..., order: OrderID) async throws {
        let events = try messages.map {
            try NewEvent($0, key: order.rawValue, aggregateType: "order", aggregateVersion: 1)
        }
        try await self.orders.withTransaction { self.commands.append(events, in: $0) }
    }

    /// Stores a test card for the account.
    func card(_ number: String = "4242424242424242", account: String? = nil) async throws -> String {
        let register = RegisterPaymentMethod(
            postgres: self.postgres, gateway: self.gateway, idempotency: IdempotencyStore(postgres: self.postgres)
        )
        let card = PaymentsService.CardDetails(number: number, expMonth: 12, expYear: 2999, cvc: "123")
        let answer = try await register(card, account: account ?? self.account, key: nil, providerKey: UUID().uuidString)
        return try JSONDecoder().decode(PaymentMethodView.self, from: Data(answer.body)).id
    }

    // MARK: - Seeing

    /// The replies about an order so far, oldest first.
    func replies(_ order: OrderID) async throws -> [Reply] {
        try await self.postgres.query("select type, payload from outbox where agg_id = \(order.rawValue) order by id").map { row in
            let (type, payload) = try row.decode((String, [UInt8]).self)
            return Reply(type: type, payload: payload)
        }
    }

    /// Waits for a number of replies about an order.
    func replies(_ count: Int, _ order: OrderID) async throws -> [Reply] {
        _ = try await eventually(within: .seconds(120)) { try await self.replies(order).count >= count }
        return try await self.replies(order)
    }

    func payment(_ order: OrderID) async throws -> PaymentView? {
        try await FindPayment(postgres: self.postgres)(order: order.rawValue, account: nil)
    }

    func number(_ query: PostgresQuery) async throws -> Int64 {
        try #require(try await self.postgres.query(query).first).decode(Int64.self)
    }

    /// What an account holds of an order.
    func balance(_ account: String, _ order: OrderID, layer: Int16 = 0) async throws -> Int64 {
        try await self.number(
            """
            select coalesce(sum(e.amount), 0)::bigint from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
            where e.account = \(account) and e.layer = \(layer) and t.order_id = \(order.rawValue)
            """)
    }
}
