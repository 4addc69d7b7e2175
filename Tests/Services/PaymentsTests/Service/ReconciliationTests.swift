import Commerce
import PaymentsService
import Postgres
import TestSupport
import Testing

@Suite(.enabled(if: TestServers.postgres != nil), .timeLimit(.minutes(10)))
struct ReconciliationTests {
    private static func reconciliation(_ shop: PaymentsHarness, pageSize: Int = 1_000) -> Reconciliation {
        Reconciliation(postgres: shop.postgres, gateway: shop.gateway, grace: .zero, pageSize: pageSize, logger: .quiet)
    }

    /// An order that was authorized, captured and refunded in part.
    private static func order(_ shop: PaymentsHarness) async throws -> Commands {
        let order = Commands(account: shop.account)
        try await shop.send(order.authorize(1_000, method: try await shop.card()), order: order.order)
        try await shop.send(order.capture(1_000), order: order.order)
        try await shop.send(order.refund(300), order: order.order)
        #expect(try await shop.replies(3, order.order).count == 3)
        return order
    }

    /// Changes the books as no service would: past triggers and constraints.
    private static func damage(_ shop: PaymentsHarness, _ statement: PostgresQuery) async throws {
        try await shop.postgres.withTransaction { transaction in
            try await transaction.execute("set local session_replication_role = replica")
            _ = try await transaction.execute(statement)
        }
    }

    private static let clean = ReconciliationFindings(ledgerAndPayments: 0, paymentsAndProvider: 0, openDifferences: 0)

    @Test(arguments: [1, 2, 1_000]) func booksThatAgreeAreClean(pageSize: Int) async throws {
        try await PaymentsHarness.with { shop in
            _ = try await Self.order(shop)
            let held = Commands(account: shop.account)
            try await shop.send(held.authorize(70, method: try await shop.card()), order: held.order)
            let voided = Commands(account: shop.account)
            try await shop.send(voided.authorize(80, method: try await shop.card()), order: voided.order)
            try await shop.send(voided.void(), order: voided.order)
            let declined = Commands(account: shop.account)
            try await shop.send(declined.authorize(90, method: try await shop.card("4000000000000002")), order: declined.order)
            _ = try await shop.replies(1, held.order)
            _ = try await shop.replies(2, voided.order)
            _ = try await shop.replies(1, declined.order)
            for _ in 0..<2 {
                let findings = try await Self.reconciliation(shop, pageSize: pageSize).run()
                #expect(findings == Self.clean)
            }
            #expect(try await shop.number("select sum(authorized)::bigint from provider_books") == 1_150)
        }
    }

    @Test func aLedgerThatDiffersFromThePaymentsIsFound() async throws {
        try await PaymentsHarness.with { shop in
            let order = try await Self.order(shop)
            try await Self.damage(shop, "update payments set captured = 999 where order_id = \(order.order.rawValue)")
            let findings = try await Self.reconciliation(shop).run()
            #expect(findings.ledgerAndPayments == 1)
            #expect(findings.paymentsAndProvider == 1)
            try await Self.damage(shop, "update payments set captured = 1000")
            #expect(try await Self.reconciliation(shop).run() == Self.clean)
        }
    }

    @Test func aPostingThatIsMissingIsFound() async throws {
        try await PaymentsHarness.with { shop in
            _ = try await Self.order(shop)
            try await Self.damage(shop, "delete from ledger_entries where account = 'refunds'")
            #expect(try await Self.reconciliation(shop).run().ledgerAndPayments == 300)
        }
    }

    @Test func aChargeThatNobodyHereKnowsOfIsFoundAndResolvedLater() async throws {
        try await PaymentsHarness.with { shop in
            let order = try await Self.order(shop)
            try await Self.damage(shop, "alter table payments rename to hidden")
            try await Self.damage(shop, "create table payments (like hidden including all)")
            let findings = try await Self.reconciliation(shop).run()
            #expect(findings.paymentsAndProvider == 1_300 && findings.openDifferences == 1)
            let row = try #require(
                try await shop.postgres.query("select payment_id, ours, theirs from reconciliation_differences").first)
            let (payment, ours, theirs) = try row.decode((String, String, String).self)
            #expect(payment == order.payment.rawValue)
            #expect(ours == "missing" && theirs == "held 0 captured 1000 refunded 300")
            try await Self.damage(shop, "insert into payments select * from hidden")
            #expect(try await Self.reconciliation(shop).run() == Self.clean)
            #expect(try await shop.number("select count(*) from reconciliation_differences where resolved_at is not null") == 1)
        }
    }

    @Test func aPaymentThatTheProviderDoesNotKnowIsFound() async throws {
        try await PaymentsHarness.with { shop in
            _ = try await Self.order(shop)
            _ = try await Self.reconciliation(shop).run()
            try await Self.damage(shop, "delete from provider_books")
            let findings = try await Self.reconciliation(shop).run()
            #expect(findings.paymentsAndProvider == 1_300 && findings.openDifferences == 1)
        }
    }

    @Test func whatIsUnderWayIsLeftAlone() async throws {
        try await PaymentsHarness.with(runsWorker: false) { shop in
            let order = Commands(account: shop.account)
            try await shop.send(order.authorize(500, method: try await shop.card()), order: order.order)
            _ = await eventually(within: .seconds(120)) { (try? await shop.number("select count(*) from psp_calls")) == 1 }
            #expect(try await Self.reconciliation(shop).run() == Self.clean)
        }
    }

    @Test func theLedgerIsComparedEvenIfTheProviderIsAway() async throws {
        try await PaymentsHarness.with(wrap: { _ in AbsentGateway() }) { shop in
            await #expect(throws: GatewayError.self) { try await Self.reconciliation(shop).run() }
        }
    }
}
