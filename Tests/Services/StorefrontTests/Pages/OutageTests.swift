import HTTPTypes
import Synchronization
import Testing

@testable import StorefrontService

/// One service is away: its part is a sentence, the rest of the page is there.
@Suite struct OutageTests {
    @Test func shelvesAreAway() async throws {
        try await Browser.with { browser, services in
            services.change { $0.down = [.catalog] }
            try await browser.get("/")
            #expect(browser.status == 200)
            browser.expect("Our shelves cannot be shown at the moment.")
            browser.expect("Where to?")
            try await browser.get("/search?q=tea")
            #expect(browser.status == 200)
            try await browser.get("/products/LANTERN-BRASS")
            #expect(browser.status == 503)
            #expect(browser.headers[.retryAfter] != nil)
            browser.expect("Back in a moment")
        }
    }

    @Test func whatWasSeenALittleWhileAgoIsShownWithASentence() async throws {
        try await Browser.with { browser, services in
            try await browser.get("/products/LANTERN-BRASS")
            try await browser.get("/")
            services.change { $0.down = [.catalog] }
            for path in ["/", "/products/LANTERN-BRASS"] {
                try await browser.get(path)
                #expect(browser.status == 200)
                browser.expect("Brass courtyard lantern")
                browser.expect("do not answer right now")
            }
        }
    }

    @Test func cartIsAway() async throws {
        try await Browser.with { browser, services in
            try await browser.get("/products/LANTERN-BRASS")
            try await browser.submit("/cart/items", ["quantity": "1"])
            services.change { $0.down = [.cart] }
            try await browser.get("/cart")
            #expect(browser.status == 200)
            browser.expect("Nothing in it is lost.")
            try await browser.get("/products/LANTERN-BRASS")
            try await browser.submit("/cart/items", ["quantity": "1"])
            #expect(browser.status == 200)
            browser.expect("nothing was changed")
            services.change { $0.down = [] }
            try await browser.get("/cart")
            browser.expect("£34.95")
        }
    }

    @Test func cartThatWasAwayAtTheLoginComesAlongLater() async throws {
        try await Browser.with { browser, services in
            try await browser.get("/products/LANTERN-BRASS")
            try await browser.submit("/cart/items", ["quantity": "1"])
            services.change { $0.down = [.cart] }
            try await browser.logIn()
            services.change { $0.down = [] }
            try await browser.get("/cart")
            browser.expect("£34.95")
            #expect(services.state.withLock { $0.carts["ann@test.example"] } == ["LANTERN-BRASS": 1])
        }
    }

    @Test func loginIsAway() async throws {
        try await Browser.with { browser, services in
            services.change { $0.down = [.login] }
            try await browser.get("/login")
            #expect(browser.status == 200)
            try await browser.submit("/login", ["email": "ann@test.example", "password": "correct horse"])
            #expect(browser.status == 503)
            browser.expect("Logging in does not work at the moment.")
            services.change { $0.down = [] }
            try await browser.logIn()
            services.change { $0.down = [.login] }
            for path in ["/account", "/orders", "/"] {
                try await browser.get(path)
                #expect(browser.status == 200)
            }
        }
    }

    @Test func paymentsAreAway() async throws {
        try await Browser.with { browser, services in
            try await browser.logIn()
            try await browser.get("/products/LANTERN-BRASS")
            try await browser.submit("/cart/items", ["quantity": "1"])
            services.change { $0.down = [.payments] }
            try await browser.get("/account")
            #expect(browser.status == 200)
            browser.expect("Payments do not work at the moment.")
            try await browser.get("/checkout")
            #expect(browser.status == 200)
            try await browser.submit("/checkout", Browser.address.merging(Browser.card) { $1 })
            #expect(browser.status == 503)
            browser.expect("You have not been charged.")
            browser.expect("value=\"1 Bazaar Lane\"")
            services.change { $0.down = [] }
            try await browser.submit("/checkout", Browser.address.merging(Browser.card) { $1 })
            #expect(browser.location.hasPrefix("/orders/ord_"))
        }
    }

    @Test func ordersAreAway() async throws {
        try await Browser.with { browser, services in
            try await browser.logIn()
            try await browser.get("/products/LANTERN-BRASS")
            try await browser.submit("/cart/items", ["quantity": "1"])
            try await browser.get("/checkout")
            let key = browser.hidden(of: "/checkout")["key"]
            services.change { $0.down = [.orders] }
            try await browser.submit("/checkout", Browser.address.merging(Browser.card) { $1 })
            #expect(browser.status == 503)
            browser.expect("it will not be placed or charged twice")
            #expect(browser.hidden(of: "/checkout")["key"] == key)
            try await browser.get("/orders")
            #expect(browser.status == 200)
            browser.expect("Orders that you have placed go on.")
            try await browser.get("/orders/ord_1")
            #expect(browser.status == 503)
        }
    }

    @Test func staffSeesWhichPartIsAway() async throws {
        try await Browser.with { browser, services in
            try await browser.get("/login")
            try await browser.submit("/login", ["email": "staff@souk.example", "password": "staff password"])
            services.change { $0.down = [.orders] }
            try await browser.get("/staff")
            #expect(browser.status == 200)
            browser.expect("Orders cannot be shown")
            services.change { $0.down = [.catalog] }
            try await browser.get("/staff/products")
            #expect(browser.status == 200)
            browser.expect("Our shelves cannot be shown")
        }
    }
}
