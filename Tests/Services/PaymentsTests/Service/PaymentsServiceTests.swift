import Commerce
import Contracts
import PSPSimulatorService
import PaymentsService
import Postgres
import TestSupport
import Testing

@Suite(.enabled(if: TestServers.postgres != nil), .timeLimit(.minutes(10)))
struct PaymentsServiceTests {
    @Test func anOrderIsAuthorizedCapturedAndRefunded() async throws {
        try await PaymentsHarness.with { shop in
            let order = Commands(account: shop.account)
            try await shop.send(order.authorize(1299, method: try await shop.card()), order: order.order)
            #expect(try await shop.replies(1, order.order).map(\.name) == ["authorized"])
            #expect(try await shop.balance("psp-clearing", order.order, layer: 1) == 1299)
            try await shop.send(order.capture(1299), order: order.order)
            #expect(try await shop.replies(2, order.order).last?.name == "captured")
            try await shop.send(order.refund(300), order: order.order)
            #expect(try await shop.replies(3, order.order).last?.name == "refunded")
            let part = try await shop.payment(order.order)
            #expect(part?.status == "partially_refunded" && part?.captured.amount == 1299 && part?.refunded.amount == 300)
            try await shop.send(order.refund(999), order: order.order)
            #expect(try await shop.replies(4, order.order).last?.name == "refunded")
            #expect(try await shop.payment(order.order)?.status == "refunded")
            for (account, amount) in [("psp-clearing", 0), ("sales", -1299), ("refunds", 1299), ("customer-receivable", 0)] {
                #expect(try await shop.balance(account, order.order) == Int64(amount), "\(account)")
            }
            #expect(try await shop.balance("psp-clearing", order.order, layer: 1) == 0)
            let journal = try shop.simulator.journal(order: order.order.rawValue)
            #expect(journal.map(\.type) == [.authorized, .captured, .refunded, .refunded])
            #expect(journal.allSatisfy { $0.paymentID == order.payment.rawValue })
        }
    }

    @Test(arguments: [("4000000000000002", "card_declined"), ("4000000000009995", "insufficient_funds")])
    func aDeclinedCardIsToldWithItsReason(number: String, reason: String) async throws {
        try await PaymentsHarness.with { shop in
            let order = Commands(account: shop.account)
            try await shop.send(order.authorize(100, method: try await shop.card(number)), order: order.order)
            let reply = try #require(try await shop.replies(1, order.order).first)
            #expect(try reply.decode(Souk_Events_V1_PaymentDeclined.self).reason == reason)
            #expect(try await shop.payment(order.order)?.status == "declined")
            #expect(try await shop.number("select count(*) from ledger_transactions") == 0)
        }
    }

    @Test func aMethodOfSomebodyElseIsUnknown() async throws {
        try await PaymentsHarness.with { shop in
            let foreign = try await shop.card(account: "acc_other")
            for method in [foreign, "pm_none", "", "nonsense"] {
                let order = Commands(account: shop.account)
                try await shop.send(order.authorize(100, method: method), order: order.order)
                let reply = try #require(try await shop.replies(1, order.order).first)
                #expect(try reply.decode(Souk_Events_V1_PaymentDeclined.self).reason == "unknown_payment_method")
            }
            #expect(try shop.simulator.journal().isEmpty)
        }
    }

    @Test func aVoidGivesTheHoldBack() async throws {
        try await PaymentsHarness.with { shop in
            let order = Commands(account: shop.account)
            try await shop.send(order.authorize(100, method: try await shop.card()), order: order.order)
            _ = try await shop.replies(1, order.order)
            try await shop.send(order.void(), order: order.order)
            #expect(try await shop.replies(2, order.order).map(\.name) == ["authorized", "voided"])
            #expect(try await shop.balance("psp-clearing", order.order, layer: 1) == 0)
            #expect(try shop.simulator.journal().map(\.type) == [.authorized, .voided])
        }
    }

    @Test func aVoidThatComesFirstRefusesTheLateAuthorization() async throws {
        try await PaymentsHarness.with { shop in
            let order = Commands(account: shop.account)
            try await shop.send(order.void(), order: order.order)
            #expect(try await shop.replies(1, order.order).map(\.name) == ["voided"])
            try await shop.send(order.authorize(100, method: try await shop.card()), order: order.order)
            let reply = try #require(try await shop.replies(2, order.order).last)
            #expect(try reply.decode(Souk_Events_V1_PaymentDeclined.self).reason == "voided")
            #expect(try shop.simulator.journal().isEmpty)
        }
    }

    @Test func aVoidBehindARunningAuthorizationWaitsForIt() async throws {
        try await PaymentsHarness.with { shop in
            let order = Commands(account: shop.account)
            let method = try await shop.card("4000000000000259")
            try await shop.send(order.authorize(100, method: method), order: order.order)
            try await shop.send(order.void(), order: order.order)
            #expect(try await shop.replies(2, order.order).map(\.name) == ["authorized", "voided"])
            #expect(try shop.simulator.journal().map(\.type) == [.authorized, .voided])
        }
    }

    @Test func aWrongAmountFailsWithoutTheProvider() async throws {
        try await PaymentsHarness.with { shop in
            let order = Commands(account: shop.account)
            try await shop.send(order.authorize(100, method: try await shop.card()), order: order.order)
            _ = try await shop.replies(1, order.order)
            try await shop.send(order.capture(101), order: order.order)
            let capture = try #require(try await shop.replies(2, order.order).last).decode(Souk_Events_V1_PaymentFailed.self)
            #expect(capture.operation == "capture" && capture.reason == "amount_too_large")
            try await shop.send(order.refund(1), order: order.order)
            let refund = try #require(try await shop.replies(3, order.order).last).decode(Souk_Events_V1_PaymentFailed.self)
            #expect(refund.operation == "refund" && refund.reason == "payment_authorized" && !refund.refundID.isEmpty)
            #expect(try await shop.payment(order.order)?.status == "authorized")
        }
    }

    @Test func aPartialCaptureLetsTheRestGo() async throws {
        try await PaymentsHarness.with { shop in
            let order = Commands(account: shop.account)
            try await shop.send(order.authorize(100, method: try await shop.card()), order: order.order)
            _ = try await shop.replies(1, order.order)
            try await shop.send(order.capture(60), order: order.order)
            _ = try await shop.replies(2, order.order)
            #expect(try await shop.balance("psp-clearing", order.order) == 60)
            #expect(try await shop.balance("psp-clearing", order.order, layer: 1) == 0)
        }
    }
}
