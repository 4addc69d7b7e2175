import CartDomain
import Commerce
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import ServiceKit
import TestSupport
import Testing

@testable import CartService

@Suite(.enabled(if: TestServers.postgres != nil), .timeLimit(.minutes(10))) struct CartControllerTests {
    /// A catalog that is down before anything was heard of its products.
    private struct SilentBook: ProductBook {
        let failure = Problem.unavailable("The catalog is down.")

        func products(_ skus: [SKU]) async throws -> KnownProducts { KnownProducts(unknown: Set(skus), failure: self.failure) }

        func currentProducts(_ skus: [SKU]) async throws -> [SKU: ProductInfo] { throw self.failure }
    }

    private static func application(_ cart: CartFixture) -> Application<EdgeResponder> {
        let router = Router.shop()
        CartController(store: cart.store, change: cart.change, show: ShowCart(book: SilentBook()), idempotency: cart.idempotency)
            .addRoutes(to: router)
        return Application(
            responder: EdgeResponder(router: router, configuration: EdgeConfiguration(instance: "1", requestTimeout: .seconds(60))),
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        )
    }

    @Test func whatWasTakenOutIsAnsweredSoEvenIfNoPriceIsKnown() async throws {
        try await CartFixture.with { cart in
            let guest = GuestToken.make()
            for sku in ["tea", "milk", "sugar"] { _ = try await cart.change.add(line(sku, 1), to: .guest(guest), ifVersion: nil) }
            let headers: HTTPFields = [.soukCart: guest.text]
            try await Self.application(cart).test(.router) { client in
                let body = ByteBuffer(string: #"{"quantity":0}"#)
                let set = try await client.execute(uri: "/v1/cart/items/tea", method: .put, headers: headers, body: body)
                #expect(set.status == .ok)
                #expect(String(buffer: set.body).contains(#""unpriced":["milk","sugar"]"#))
                let removed = try await client.execute(uri: "/v1/cart/items/milk", method: .delete, headers: headers, body: nil)
                #expect(removed.status == .ok)
                #expect(String(buffer: removed.body).contains(#""unpriced":["sugar"]"#))
                #expect(String(buffer: removed.body).contains(#""pieces":1,"#))
                let shown = try await client.execute(uri: "/v1/cart", method: .get, headers: headers, body: nil)
                #expect(shown.status == .serviceUnavailable)
            }
            let found = try await cart.store.cart(of: .guest(guest))
            #expect(try found?.lines == [line("sugar", 1)])
        }
    }
}
