import Foundation
import Testing

extension SystemTests {
    /// The web shop as a browser without scripts meets it, on real services.
    @Suite struct StorefrontTests {
        private static let address = [
            "name": "Ann Shopper", "line1": "1 Bazaar Lane", "city": "York", "postcode": "YO1 7HH", "country": "GB",
        ]

        private static func payment(_ card: String = Card.approved) -> [String: String] {
            ["method": "new", "number": card, "expiry": "12/40", "cvc": "123"].merging(self.address) { $1 }
        }

        /// Registers, and puts a product of the test's own into the cart.
        private func fill(_ browser: WebBrowser, stock: Int64 = 100) async throws -> String {
            let sku = try await Staff.logIn().product(price: 1_250, stock: stock)
            try await browser.get("/products/\(sku)")
            try await browser.submit("/cart/items", ["quantity": "2"])
            browser.expect("is in your cart")
            try await browser.get("/register?next=%2Fcheckout")
            let email = "web-\(UUID().uuidString.lowercased())@test.example"
            try await browser.submit("/register", ["name": "Ann Shopper", "email": email, "password": Shopper.password])
            #expect(browser.path == "/checkout")
            browser.expect("£25.00")
            return sku
        }

        /// Pays, and waits on the order's page until it says so.
        private func buy(_ browser: WebBrowser, card: String = Card.approved, until words: String = "Confirmed") async throws -> String {
            try await browser.submit("/checkout", Self.payment(card))
            let path = browser.path
            try #require(path.hasPrefix("/orders/ord_"), "\(browser.status) at \(path)")
            try await self.await(browser, path, words)
            return path
        }

        private func await(_ browser: WebBrowser, _ path: String, _ words: String) async throws {
            _ = try await poll("\(path) says \(words)") {
                try await browser.get(path).page.contains("<p class=\"state-label\">\(words)</p>") ? true : nil
            }
        }

        @Test func guestBecomesACustomerAndTheOrderIsConfirmed() async throws {
            try await WebBrowser.with { browser in
                try await browser.get("/")
                #expect(browser.status == 200)
                // Which products the home page shows depends on what other tests have put into the catalogue.
                browser.expect("href=\"/products/")
                #expect(browser.headers["content-security-policy"]?.contains("script-src 'self'") == true)
                _ = try await self.fill(browser)
                let path = try await self.buy(browser)
                try await browser.get("/orders")
                browser.expect(path)
                _ = try await poll("the cart is empty") {
                    try await browser.get("/cart").page.contains("It is still empty.") ? true : nil
                }
            }
        }

        @Test func declinedCardIsToldOnTheOrdersPage() async throws {
            try await WebBrowser.with { browser in
                _ = try await self.fill(browser)
                _ = try await self.buy(browser, card: Card.declined, until: "Cancelled")
                browser.expect("Your bank declined the payment.")
            }
        }

        @Test func pressingPayTwiceOrdersOnce() async throws {
            try await WebBrowser.with { browser in
                _ = try await self.fill(browser)
                let form = browser.hidden(of: "/checkout").merging(Self.payment()) { $1 }
                let places = try await browser.postTwice("/checkout", form)
                #expect(Set(places).count == 1)
                try #require(places[0].hasPrefix("/orders/ord_"), "\(places)")
                try await browser.get("/orders")
                #expect(browser.page.matches(of: /href="\/orders\/ord_/).count == 1)
                try await self.await(browser, places[0], "Confirmed")
                let order = String(places[0].dropFirst("/orders/".count))
                #expect(try await Provider().charges(of: order).count == 1)
            }
        }

        @Test func foreignFormsAreRefused() async throws {
            try await WebBrowser.with { browser in
                let sku = try await Staff.logIn().product()
                try await browser.get("/products/\(sku)")
                try await browser.submit("/cart/items", ["csrf": "none", "quantity": "1"])
                #expect(browser.status == 403)
                try await browser.get("/products/\(sku)")
                try await browser.submit("/cart/items", ["quantity": "1"], headers: ["Origin": "https://evil.example"])
                #expect(browser.status == 403)
                try await browser.get("/cart")
                browser.expect("It is still empty.")
            }
        }

        @Test func anothersOrderIsNotThere() async throws {
            try await WebBrowser.with { mine in
                _ = try await self.fill(mine)
                let path = try await self.buy(mine)
                try await WebBrowser.with { other in
                    try await other.get(path)
                    #expect(other.path.hasPrefix("/login"))
                    _ = try await self.fill(other)
                    try await other.get(path)
                    #expect(other.status == 404)
                    try await other.get(path + "/events")
                    #expect(other.status == 404)
                }
            }
        }

        @Test func staffShipsDeliversAndRefunds() async throws {
            try await WebBrowser.with { shopper in
                _ = try await self.fill(shopper)
                let order = try await self.buy(shopper)
                try await WebBrowser.with { staff in
                    let login = try TestShop.load().staff
                    try await staff.get("/login?next=%2Fstaff")
                    try await staff.submit("/login", ["email": login.email, "password": login.password])
                    staff.expect("Staff desk")
                    try await staff.get("/staff" + order)
                    try await staff.submit("/staff\(order)/ship", ["carrier": "Caravan", "tracking": "C-1"])
                    staff.expect("The order is shipped")
                    try await self.await(shopper, order, "On its way")
                    shopper.expect("C-1")
                    // The capture comes a moment after the parcel; before it there is nothing to give back.
                    _ = try await poll("the payment is captured") {
                        try await staff.get("/staff" + order).page.contains("action=\"/staff\(order)/refund\"") ? true : nil
                    }
                    try await staff.submit("/staff\(order)/refund", ["amount": "5.00", "reason": "A scratch"])
                    staff.expect("The refund is on its way.")
                    _ = try await poll("the money is given back") {
                        try await shopper.get(order).page.contains("£5.00") ? true : nil
                    }
                }
            }
        }

        @Test func customerCancels() async throws {
            try await WebBrowser.with { browser in
                _ = try await self.fill(browser)
                let path = try await self.buy(browser)
                try await browser.submit(path + "/cancel")
                browser.expect("We are cancelling your order.")
                try await self.await(browser, path, "Cancelled")
            }
        }

        @Test func staffFindsStuckOrdersByTheAPI() async throws {
            let staff = try await Staff.logIn()
            #expect(try await staff.http.get("/v1/orders?all=true&stuck=true").status == 200)
            let shopper = try await Shopper.register()
            #expect(try await shopper.http.get("/v1/orders?stuck=true").status == 403)
        }

        @Test func pagesSurviveTheLossOfAService() async throws {
            try await WebBrowser.with { browser in
                _ = try await self.fill(browser)
                for (service, path, words) in [
                    ("cart", "/cart", "Nothing in it is lost."), ("order-tracking", "/orders", "Orders that you have placed go on."),
                ] {
                    try await Self.withStopped(service) {
                        _ = try await poll("\(path) says so") { try await browser.get(path).page.contains(words) ? true : nil }
                        #expect(browser.status == 200)
                        try await browser.get("/")
                        #expect(browser.status == 200)
                        browser.expect("href=\"/products/")
                    }
                    _ = try await poll("\(path) is whole again") {
                        try await browser.get(path).page.contains(words) ? nil : true
                    }
                }
            }
        }

        /// Holds all instances of a service still (SIGSTOP) while `body` runs.
        private static func withStopped(_ service: String, _ body: () async throws -> Void) async throws {
            try await Command.control("kill", service, "STOP")
            do {
                try await body()
            } catch {
                try await Command.control("kill", service, "CONT")
                throw error
            }
            try await Command.control("kill", service, "CONT")
        }

        @Test func manyRequestsWithOneCookieAtTwoInstancesStayLoggedIn() async throws {
            try await Command.control("scale", "storefront=2")
            try await WebBrowser.with { browser in
                _ = try await self.fill(browser)
                var instances: Set<String> = []
                // A new instance gets its share slowly at first.
                _ = try await poll("two instances answer") {
                    for _ in 0..<20 {
                        try await browser.get("/orders")
                        #expect(browser.path == "/orders" && browser.status == 200)
                        if let match = browser.page.firstMatch(of: /Answered by <code>([^<]+)</) { instances.insert(String(match.1)) }
                    }
                    return instances.count == 2 ? true : nil
                }
            }
            try await Command.control("scale", "storefront=1")
        }
    }
}
