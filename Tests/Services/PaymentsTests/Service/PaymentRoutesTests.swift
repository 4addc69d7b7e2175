import AsyncHTTPClient
import Commerce
import Foundation
import Hummingbird
import NIOCore
import NIOHTTP1
import PaymentsService
import Postgres
import ServiceKit
import TestSupport
import Testing

@Suite(.enabled(if: TestServers.postgres != nil), .timeLimit(.minutes(10)))
struct PaymentRoutesTests {
    private static let card = #"{"card":{"number":"4242424242424242","exp_month":12,"exp_year":2999,"cvc":"987"}}"#

    @Test func aCardBecomesAMethodAndItsNumberIsNowhere() async throws {
        try await Self.with { shop, api in
            let answer = try await api.post("/v1/payment-methods", Self.card, as: shop.account)
            #expect(answer.status == 201)
            #expect(answer["brand"] == "visa" && answer["last4"] == "4242")
            #expect(answer["id"]?.hasPrefix("pm_") == true)
            #expect(answer["number"] == nil && answer["cvc"] == nil)
            for table in ["payment_methods", "idempotency_keys", "outbox", "psp_calls"] {
                let rows = try await shop.postgres.query("select coalesce(string_agg(t::text, ''), '') from \(unescaped: table) t")
                let text = try #require(rows.first).decode(String.self)
                #expect(!text.contains("4242424242424242") && !text.contains("987}"), "\(table)")
            }
            let journal = try String(contentsOfFile: shop.simulator.journalPath, encoding: .utf8)
            #expect(!journal.contains("4242424242424242"))
        }
    }

    @Test func theSameKeyGivesTheSameMethodAndAnotherBodyIsRefused() async throws {
        try await Self.with { shop, api in
            let first = try await api.post("/v1/payment-methods", Self.card, as: shop.account, key: "k1")
            let again = try await api.post("/v1/payment-methods", Self.card, as: shop.account, key: "k1")
            #expect(again.status == 201 && again.body == first.body)
            #expect(again.headers.first(name: "Idempotency-Replayed") == "true")
            let other = Self.card.replacingOccurrences(of: "987", with: "988")
            #expect(try await api.post("/v1/payment-methods", other, as: shop.account, key: "k1").status == 422)
            #expect(try await shop.number("select count(*) from payment_methods") == 1)
            let fingerprints = try await shop.postgres.query("select fingerprint from idempotency_keys")
            #expect(fingerprints.count == 1)
        }
    }

    @Test(arguments: [
        (#"{"card":{"number":"4242424242424241","exp_month":12,"exp_year":2999,"cvc":"987"}}"#, 422, "#/card/number"),
        (#"{"card":{"number":"4242424242424242","exp_month":12,"exp_year":2020,"cvc":"987"}}"#, 422, "#/card/exp_year"),
        (#"{"card":{"number":"4242424242424242","exp_month":13,"exp_year":2999,"cvc":"987"}}"#, 422, "#/card/exp_month"),
        (#"{"card":{"number":"4242424242424242","exp_month":12,"exp_year":2999,"cvc":"9"}}"#, 422, "#/card/cvc"),
        (#"{"card":{"number":4242424242424242,"exp_month":12,"exp_year":2999,"cvc":"987"}}"#, 422, "#/card/number"),
        (#"{"card":{}}"#, 422, "#/card/"), (#"{}"#, 422, "#/card"), (#"{"card":"#, 400, ""), ("", 400, ""),
    ]) func aWrongCardIsAClearProblem(body: String, status: Int, pointer: String) async throws {
        try await Self.with { shop, api in
            let answer = try await api.post("/v1/payment-methods", body, as: shop.account)
            #expect(answer.status == status)
            #expect(pointer.isEmpty || answer.text.contains(pointer))
            #expect(answer.headers.first(name: "Content-Type") == "application/problem+json")
            #expect(!answer.text.contains("424242"))
            #expect(try await shop.number("select count(*) from payment_methods") == 0)
        }
    }

    @Test func aProviderThatIsAwayIsA503() async throws {
        try await Self.with(wrap: { _ in AbsentGateway() }) { shop, api in
            let answer = try await api.post("/v1/payment-methods", Self.card, as: shop.account)
            #expect(answer.status == 503)
            #expect(answer.headers.first(name: "Retry-After") != nil)
        }
    }

    @Test func onlyTheOwnerAndTheStaffSeeAPayment() async throws {
        try await Self.with { shop, api in
            let order = Commands(account: shop.account)
            try await shop.send(order.authorize(1299, method: try await shop.card()), order: order.order)
            _ = try await shop.replies(1, order.order)
            let path = "/v1/payments?order_id=\(order.order)"
            let own = try await api.get(path, as: shop.account)
            #expect(own.status == 200 && own["order_id"] == order.order.rawValue && own["status"] == "authorized")
            #expect(own.text.contains(#""authorized":{"amount":1299,"currency":"GBP"}"#))
            #expect(try await api.get(path, as: "acc_other").status == 404)
            #expect(try await api.get(path, as: "acc_staff", scope: "shopper staff").status == 200)
            #expect(try await api.get(path, as: nil).status == 401)
            #expect(try await api.get("/v1/payments", as: shop.account).status == 422)
            #expect(try await api.get("/v1/payments?order_id=%00", as: shop.account).status == 404)
        }
    }

    @Test func methodsAreListedForTheirOwner() async throws {
        try await Self.with { shop, api in
            let mine = try await shop.card()
            _ = try await shop.card(account: "acc_other")
            let answer = try await api.get("/v1/payment-methods", as: shop.account)
            #expect(answer.status == 200 && answer.text.contains(mine))
            #expect(answer.text.components(separatedBy: "\"id\"").count == 2)
        }
    }

    private static func with(
        wrap: @escaping @Sendable (any PaymentGateway) -> any PaymentGateway = { $0 },
        _ body: @escaping @Sendable (PaymentsHarness, APIClient) async throws -> Void
    ) async throws {
        try await PaymentsHarness.with(wrap: wrap) { shop in
            let issuer = try TokenIssuer()
            let router = Router(context: ShopRequestContext.self)
            let register = RegisterPaymentMethod(
                postgres: shop.postgres, gateway: shop.gateway, idempotency: IdempotencyStore(postgres: shop.postgres)
            )
            PaymentRoutes(
                register: register, methods: ListPaymentMethods(postgres: shop.postgres), find: FindPayment(postgres: shop.postgres),
                secret: "sk"
            ).add(to: router)
            let configuration = EdgeConfiguration(instance: "test", requestTimeout: .seconds(120), tokenVerifier: issuer.verifier)
            try await LiveServer.with(EdgeResponder(router: router, configuration: configuration)) { url in
                try await body(shop, APIClient(url: url, issuer: issuer))
            }
        }
    }
}
