import HTTPTypes
import Testing

@testable import StorefrontService

@Suite struct StaffTests {
    private func logIn(_ browser: Browser) async throws {
        try await browser.get("/login?next=%2Fstaff")
        try await browser.submit("/login", ["email": "staff@souk.example", "password": "staff password"])
        #expect(browser.location == "/staff")
    }

    @Test func staffShipsAnOrder() async throws {
        try await Browser.with { browser, services in
            services.change { $0.orders["ord_1"] = ("ann@test.example", "confirmed", 3_495) }
            try await self.logIn(browser)
            browser.expect("Ready to ship")
            try await browser.get("/staff/orders/ord_1")
            try await browser.submit("/staff/orders/ord_1/ship", ["carrier": "", "tracking": "123"])
            #expect(browser.status == 422)
            browser.expect("Enter who carries the parcel.")
            try await browser.submit("/staff/orders/ord_1/ship", ["carrier": "Caravan", "tracking": "123"])
            browser.expect("The order is shipped")
            browser.expect("It has arrived")
        }
    }

    @Test func refusedRefundIsTold() async throws {
        try await Browser.with { browser, services in
            services.change { $0.orders["ord_1"] = ("ann@test.example", "confirmed", 3_495) }
            try await self.logIn(browser)
            let form = browser.hidden(of: "/logout")
            try await browser.post("/staff/orders/ord_1/refund", ["csrf": form["csrf"] ?? "", "reason": "broken"])
            browser.expect("Nothing has been captured.")
        }
    }

    @Test func stuckOrdersAreAskedFor() async throws {
        try await Browser.with { browser, services in
            try await self.logIn(browser)
            #expect(services.requests(.orders, .get, "/v1/orders?all=true").contains { $0.path.contains("stuck=true") })
        }
    }
}
