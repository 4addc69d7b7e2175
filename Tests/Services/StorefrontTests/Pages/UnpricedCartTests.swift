import HTTPTypes
import Synchronization
import Testing

@testable import StorefrontService

/// The catalog is away, and cart knows old prices or none: everything is shown, and nothing is ordered.
@Suite struct UnpricedCartTests {
    private static func putTwoIntoTheCart(_ browser: Browser) async throws {
        for sku in ["LANTERN-BRASS", "TEA-GLASSES"] {
            try await browser.get("/products/\(sku)")
            try await browser.submit("/cart/items", ["quantity": "1"])
        }
    }

    @Test func productsWithoutAPriceAreShownAndCanBeTakenOut() async throws {
        try await Browser.with { browser, services in
            try await Self.putTwoIntoTheCart(browser)
            services.change { $0.unpriced = ["TEA-GLASSES"] }
            try await browser.get("/cart")
            browser.expect("Its price is not known right now.")
            #expect(!browser.page.contains("no longer sold"))
            try await browser.submit("/cart/items/TEA-GLASSES")
            browser.expect("It was taken out of your cart.")
            browser.expect("Brass courtyard lantern")
            #expect(!browser.page.contains("TEA-GLASSES"))
        }
    }

    @Test func theHeaderCountsPiecesWhosePriceIsNotKnown() async throws {
        try await Browser.with { browser, services in
            try await Self.putTwoIntoTheCart(browser)
            services.change { $0.unpriced = ["LANTERN-BRASS", "TEA-GLASSES"] }
            try await browser.get("/cart")
            browser.expect("<span class=\"hidden\">, 2 pieces</span>")
            try await browser.submit("/cart/items/TEA-GLASSES")
            browser.expect("<span class=\"hidden\">, 1 piece</span>")
        }
    }

    @Test func nothingIsOrderedWhilePricesAreOldOrMissing() async throws {
        try await Browser.with { browser, services in
            let fields = Browser.address.merging(Browser.card) { $1 }
            try await browser.logIn()
            try await Self.putTwoIntoTheCart(browser)
            try await browser.get("/checkout")
            services.change { $0.prices = "last_known" }
            try await browser.submit("/checkout", fields)
            #expect(browser.status == 503)
            services.change { $0.unpriced = ["TEA-GLASSES"] }
            // The second time the form carries the total of the lantern alone: what the page showed the first time.
            for _ in 0..<2 {
                try await browser.submit("/checkout", fields)
                #expect(browser.status == 503)
                browser.expect("Not all prices are known right now, so nothing was ordered.")
            }
            #expect(services.requests(.payments, .post, "/v1/payment-methods").isEmpty)
            #expect(services.state.withLock { $0.orders.isEmpty })
            services.change {
                $0.unpriced = []; $0.prices = "current"
            }
            try await browser.submit("/checkout", fields)
            #expect(browser.status == 409)
            browser.expect("£53.90")
            try await browser.submit("/checkout", fields)
            #expect(browser.location.hasPrefix("/orders/ord_"))
        }
    }
}
