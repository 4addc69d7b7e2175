import HTTPTypes
import ServiceKit
import Synchronization
import Testing

@testable import StorefrontService

/// A visit from the front page to the order, by forms alone.
@Suite struct ShoppingTests {
    @Test func frontPageShowsTheShelf() async throws {
        try await Browser.with { browser, _ in
            try await browser.get("/")
            #expect(browser.status == 200)
            browser.expect("Brass courtyard lantern")
            browser.expect("£34.95")
            browser.expect("Only 2 left")
            browser.expect("/art/1/lantern/night/LANTERN-BRASS.svg")
            browser.expect("storefront-7")
            #expect(browser.headers[.contentSecurityPolicy] == SecurityHeaders.policy)
            #expect(browser.headers[.cacheControl] == "no-store")
            #expect(browser.headers[.strictTransportSecurity] == nil)
        }
    }

    @Test func guestFillsACartAndTakesItAlongToTheLogin() async throws {
        try await Browser.with { browser, services in
            try await browser.get("/products/LANTERN-BRASS")
            try await browser.submit("/cart/items", ["quantity": "2"])
            browser.expect("Brass courtyard lantern is in your cart.")
            try await browser.get("/cart")
            browser.expect("£69.90")
            try await browser.submit("/cart/items/LANTERN-BRASS", ["quantity": "3"])
            browser.expect("£104.85")
            try await browser.get("/checkout")
            #expect(browser.location == "/login?next=%2Fcheckout")
            try await browser.get("/register?next=%2Fcheckout")
            try await browser.submit("/register", ["name": "Ann Shopper", "email": "ann@test.example", "password": "correct horse"])
            #expect(browser.location == "/checkout")
            browser.expect("£104.85")
            #expect(services.state.withLock { $0.carts["ann@test.example"] } == ["LANTERN-BRASS": 3])
        }
    }

    @Test func orderIsPlacedAndItsPageShown() async throws {
        try await Browser.with { browser, _ in
            try await browser.logIn()
            try await browser.get("/products/LANTERN-BRASS")
            try await browser.submit("/cart/items", ["quantity": "1"])
            try await browser.get("/checkout")
            try await browser.submit("/checkout", Browser.address.merging(Browser.card) { $1 })
            #expect(browser.location.hasPrefix("/orders/ord_"))
            browser.expect("Confirmed")
            try await browser.get("/orders")
            browser.expect("Brass courtyard lantern")
            try await browser.get("/account")
            browser.expect("ann@test.example")
        }
    }

    @Test func payingTwiceOrdersOnce() async throws {
        try await Browser.with { browser, services in
            try await browser.logIn()
            try await browser.get("/products/LANTERN-BRASS")
            try await browser.submit("/cart/items", ["quantity": "1"])
            try await browser.get("/checkout")
            let form = browser.hidden(of: "/checkout").merging(Browser.address) { $1 }.merging(Browser.card) { $1 }
            try await browser.post("/checkout", form)
            let first = browser.location
            try await browser.post("/checkout", form)
            #expect(browser.location == first)
            #expect(services.state.withLock { $0.orders.count } == 1)
            #expect(Set(services.requests(.orders, .post, "/v1/orders").map { $0.headers[.idempotencyKey] }).count == 1)
            #expect(
                Set(services.requests(.payments, .post, "/v1/payment-methods").map { $0.headers[.idempotencyKey] }).count == 1)
        }
    }

    @Test func mistakesStandBesideTheirFieldsAndTheCardIsForgotten() async throws {
        try await Browser.with { browser, services in
            try await browser.logIn()
            try await browser.get("/products/LANTERN-BRASS")
            try await browser.submit("/cart/items", ["quantity": "1"])
            try await browser.get("/checkout")
            let key = browser.hidden(of: "/checkout")["key"]
            var fields = Browser.address.merging(Browser.card) { $1 }
            fields["city"] = ""
            fields["number"] = "4242 4242 4242 4241"
            try await browser.submit("/checkout", fields)
            #expect(browser.status == 422)
            browser.expect("Enter the town or city.")
            browser.expect("aria-describedby=\"number-error\"")
            browser.expect("value=\"1 Bazaar Lane\"")
            #expect(!browser.page.contains("4242 4242 4242 4241") && !browser.page.contains("value=\"123\""))
            #expect(browser.hidden(of: "/checkout")["key"] == key)
            #expect(services.requests(.orders, .post, "/v1/orders").isEmpty)
        }
    }

    @Test func nobodyPaysATotalThatTheyHaveNotSeen() async throws {
        try await Browser.with { browser, services in
            try await browser.logIn()
            try await browser.get("/products/LANTERN-BRASS")
            try await browser.submit("/cart/items", ["quantity": "1"])
            try await browser.get("/checkout")
            services.change { $0.products["LANTERN-BRASS"]?.price = 5_000 }
            try await browser.submit("/checkout", Browser.address.merging(Browser.card) { $1 })
            #expect(browser.status == 409)
            browser.expect("£50.00")
            #expect(services.state.withLock { $0.orders.isEmpty })
            try await browser.submit("/checkout", Browser.address.merging(Browser.card) { $1 })
            #expect(browser.location.hasPrefix("/orders/ord_"))
        }
    }

    @Test func ownOrderIsCancelledAndAnothersIsNotThere() async throws {
        try await Browser.with { browser, services in
            try await browser.logIn()
            services.change {
                $0.orders["ord_mine"] = ("ann@test.example", "confirmed", 100);
                $0.orders["ord_other"] = ("bob@test.example", "confirmed", 100)
            }
            try await browser.get("/orders/ord_other")
            #expect(browser.status == 404)
            browser.expect("This page is not here")
            try await browser.get("/orders/ord_mine")
            try await browser.submit("/orders/ord_mine/cancel")
            browser.expect("We are cancelling your order.")
            browser.expect("Being cancelled")
        }
    }

    @Test func liveStreamIsPassedOn() async throws {
        try await Browser.with { browser, services in
            try await browser.logIn()
            services.change {
                $0.orders["ord_mine"] = ("ann@test.example", "placed", 100)
                $0.events = ["retry: 1000\n\n", "id: 3\nevent: timeline\ndata: {}\n\n"]
            }
            try await browser.get("/orders/ord_mine/events", headers: [.accept: "text/event-stream", Browser.lastEventID: "2"])
            #expect(browser.headers[.contentType]?.hasPrefix("text/event-stream") == true)
            browser.expect("id: 3")
            #expect(services.requests(.orders, .get, "/v1/orders/ord_mine/events").first?.headers[Browser.lastEventID] == "2")
            try await browser.get("/orders/ord_mine/live")
            browser.expect("data-label=\"Placed\"")
        }
    }

    @Test func writersReadTheirWrites() async throws {
        try await Browser.with { browser, services in
            try await browser.get("/products/LANTERN-BRASS")
            try await browser.submit("/cart/items", ["quantity": "1"])
            try await browser.get("/cart")
            #expect(services.requests(.cart, .get, "/v1/cart").last?.headers[.soukReadAfter]?.hasPrefix("cart.1.") == true)
        }
    }

    @Test func searchFindsOrSaysThatThereIsNothing() async throws {
        try await Browser.with { browser, _ in
            try await browser.get("/search?q=lantern")
            browser.expect("Brass courtyard lantern")
            #expect(!browser.page.contains("Tea glasses, set of six"))
            try await browser.get("/search?q=%3Cscript%3Ex")
            browser.expect("Nothing here is called that.")
            #expect(!browser.page.contains("<script>x"))
        }
    }
}
