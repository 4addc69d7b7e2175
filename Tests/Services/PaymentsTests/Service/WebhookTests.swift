import AsyncHTTPClient
import Commerce
import Foundation
import Hummingbird
import NIOCore
import NIOHTTP1
import PSPSimulatorService
import PaymentsDomain
import PaymentsService
import Postgres
import ServiceKit
import TestSupport
import Testing

@Suite(.enabled(if: TestServers.postgres != nil), .timeLimit(.minutes(10)))
struct WebhookTests {
    private static let secret = "whsec"

    @Test func aGenuineEventIsTakenOnceHoweverOftenItComes() async throws {
        try await Self.with { shop, url in
            let body = Self.event("evt_1", intent: "pi_1", status: "requires_capture", payment: "pay_none")
            for _ in 1...3 {
                let status = try await Self.post(body, to: url)
                #expect(status == 204)
            }
            #expect(try await shop.number("select count(*) from psp_events") == 1)
        }
    }

    @Test func forgedAndOldAndUnsignedEventsAreRefused() async throws {
        try await Self.with { shop, url in
            let body = Self.event("evt_1", intent: "pi_1", status: "succeeded", payment: "pay_none")
            // What comes from the future grows older until it is looked at: it is further away than the bound.
            let refused = try await [
                Self.post(body, to: url, secret: "other"), Self.post(body, to: url, age: 301), Self.post(body, to: url, age: -420),
                Self.post(body, to: url, header: ""),
            ]
            #expect(refused == [400, 400, 400, 400])
            let signed = WebhookSignature.header(body: body, secret: Self.secret, secondsSince1970: Self.now)
            let other = Self.event("evt_2", intent: "pi_1", status: "succeeded", payment: "pay_none")
            #expect(try await Self.post(other, to: url, header: signed) == 400)
            #expect(try await shop.number("select count(*) from psp_events") == 0)
        }
    }

    @Test func genuineEventsThatCannotBeKeptAreRefused() async throws {
        try await Self.with { shop, url in
            let nul = #"\u0000"#
            let bodies = [
                Self.event("evt\(nul)", intent: "pi_1", status: "succeeded", payment: "pay_none"),
                Self.event("evt_1", intent: "pi\(nul)", status: "succeeded", payment: "pay_none"),
                Self.event("evt_1", intent: "pi_1", status: "\(nul)", payment: "pay_none"),
                Self.event("evt_1", intent: "pi_1", status: "succeeded", payment: "pay\(nul)"),
                Self.event("", intent: "pi_1", status: "succeeded", payment: "pay_none"),
                Self.event(String(repeating: "e", count: 256), intent: "pi_1", status: "succeeded", payment: "pay_none"),
                Array("{".utf8),
            ]
            for body in bodies {
                let status = try await Self.post(body, to: url)
                #expect(status == 400)
            }
            #expect(try await Self.post([UInt8](repeating: 0x20, count: 65_537), to: url) == 413)
            #expect(try await shop.number("select count(*) from psp_events") == 0)
        }
    }

    @Test func anEventAboutAnUnknownOutcomeHurriesTheNextTry() async throws {
        try await Self.with(runsWorker: false) { shop, url in
            let order = Commands(account: shop.account)
            try await shop.send(order.authorize(100, method: try await shop.card()), order: order.order)
            #expect(try await eventually(within: .seconds(120)) { try await shop.number("select count(*) from psp_calls") == 1 })
            let queue = PostgresCallQueue(postgres: shop.postgres, processor: shop.assembly.processor)
            let call = try #require(try await queue.claim(limit: 1, lease: .seconds(600)).first)
            _ = try await shop.gateway.perform(call, .authorize)
            try await queue.postpone(call, by: .seconds(3600), reason: "lost")
            await shop.assembly.worker.runOnce()
            #expect(try await shop.replies(order.order).isEmpty)
            let intent = try #require(try shop.simulator.journal().first?.paymentIntent)
            let body = Self.event("evt_1", intent: intent, status: "requires_capture", payment: order.payment.rawValue)
            #expect(try await Self.post(body, to: url) == 204)
            await shop.assembly.worker.runOnce()
            #expect(try await shop.replies(1, order.order).map(\.name) == ["authorized"])
        }
    }

    @Test func aChangeThatIsNotOursIsFoundByAskingNotByBelieving() async throws {
        try await Self.with { shop, url in
            let order = Commands(account: shop.account)
            try await shop.send(order.authorize(100, method: try await shop.card()), order: order.order)
            _ = try await shop.replies(1, order.order)
            let intent = try #require(try shop.simulator.journal().first?.paymentIntent)
            // Believed, this would make the payment captured. Asked, the provider knows nothing of it.
            let lie = Self.event("evt_1", intent: intent, status: "succeeded", payment: order.payment.rawValue)
            #expect(try await Self.post(lie, to: url) == 204)
            #expect(
                try await eventually(within: .seconds(120)) {
                    try await shop.number("select count(*) from psp_calls where operation = 'inspect' and state = 'done'") == 1
                })
            #expect(try await shop.number("select count(*) from reconciliation_differences") == 0)
            // Somebody voids it at the provider: now the books differ, and it is written down.
            let outsider = ProviderCall(
                id: "outside", kind: .money(.void), paymentID: order.payment.rawValue, orderID: order.order.rawValue,
                amount: Money(amount: 100, currency: .gbp), providerIntent: intent
            )
            _ = try await shop.gateway.perform(outsider, .void)
            let truth = Self.event("evt_2", intent: intent, status: "canceled", payment: order.payment.rawValue)
            #expect(try await Self.post(truth, to: url) == 204)
            #expect(
                try await eventually(within: .seconds(120)) {
                    try await shop.number("select count(*) from reconciliation_differences") == 1
                })
            #expect(try await shop.payment(order.order)?.status == "authorized")
        }
    }

    private static var now: Int64 { Int64(Date().timeIntervalSince1970) }

    private static func with(
        runsWorker: Bool = true,
        _ body: @escaping @Sendable (PaymentsHarness, String) async throws -> Void
    ) async throws {
        try await PaymentsHarness.with(runsWorker: runsWorker) { shop in
            let signal = shop.assembly.signal
            let router = Router(context: ShopRequestContext.self)
            let intake = WebhookIntake(postgres: shop.postgres) { signal.wake() }
            WebhookRoute(verifier: WebhookVerifier(secrets: ["new", Self.secret]), intake: intake, logger: .quiet).add(to: router)
            let configuration = EdgeConfiguration(instance: "test", requestTimeout: .seconds(120))
            let edge = EdgeResponder(router: router, configuration: configuration)
            try await LiveServer.with(edge) { try await body(shop, $0 + "/v1/payments/webhooks/psp") }
        }
    }

    private static func event(_ id: String, intent: String, status: String, payment: String) -> [UInt8] {
        Array(
            #"{"id":"\#(id)","type":"payment_intent.x","data":{"id":"\#(intent)","status":"\#(status)","metadata":{"payment_id":"\#(payment)"}}}"#
                .utf8)
    }

    private static func post(
        _ body: [UInt8],
        to url: String,
        secret: String = Self.secret,
        age: Int64 = 0,
        header: String? = nil
    ) async throws -> Int {
        var request = HTTPClientRequest(url: url)
        request.method = .POST
        let signature = header ?? WebhookSignature.header(body: body, secret: secret, secondsSince1970: Self.now - age)
        request.headers.add(name: "PSP-Signature", value: signature)
        request.body = .bytes(body)
        return Int(try await HTTPClient.shared.execute(request, timeout: .seconds(120)).status.code)
    }
}
