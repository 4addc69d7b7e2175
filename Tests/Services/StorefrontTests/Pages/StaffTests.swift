import HTTPTypes
import Testing

@testable import StorefrontService

@Suite struct StaffTests {
    @Test func staffShipsAnOrder() async throws {
        try await Browser.with { browser, services in
            services.change { $0.orders["ord_1"] = ("ann@test.example", "confirmed", 3_495) }
            try await browser.logInAsStaff()
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
            try await browser.logInAsStaff()
            let form = browser.hidden(of: "/logout")
            try await browser.post("/staff/orders/ord_1/refund", ["csrf": form["csrf"] ?? "", "reason": "broken"])
            browser.expect("Nothing has been captured.")
        }
    }

    @Test func mistakeThatTheServiceFindsStandsBesideItsFieldAndWhatWasTypedStays() async throws {
        try await Browser.with { browser, services in
            services.change { $0.orders["ord_1"] = ("ann@test.example", "shipped", 3_495) }
            try await browser.logInAsStaff()
            try await browser.get("/staff/orders/ord_1")
            try await browser.submit("/staff/orders/ord_1/refund", ["amount": "99", "reason": "broken"])
            #expect(browser.status == 422)
            browser.expect("This is more than can still be refunded.")
            browser.expect("aria-describedby=\"amount-hint amount-error\"")
            browser.expect("value=\"99\"")
            browser.expect("value=\"broken\"")
            try await browser.submit("/staff/orders/ord_1/refund", ["amount": "34.95", "reason": "broken"])
            browser.expect("The refund is on its way.")
        }
    }

    @Test(arguments: [
        ("confirmed", false), ("shipped", true), ("delivered", false), ("partially_refunded", true), ("refunded", true),
    ])
    func parcelArrivesEvenIfMoneyWentBackOnItsWay(status: String, canArrive: Bool) async throws {
        try await Browser.with { browser, services in
            services.change { $0.orders["ord_1"] = ("ann@test.example", status, 3_495) }
            try await browser.logInAsStaff()
            try await browser.get("/staff/orders/ord_1")
            #expect(browser.page.contains("It has arrived") == canArrive)
        }
    }

    @Test(arguments: ["", "/live"])
    func onlyTheirOwnOrdersAreOfferedToStaffForCancelling(part: String) async throws {
        try await Browser.with { browser, services in
            services.change {
                $0.orders["ord_1"] = ("ann@test.example", "confirmed", 3_495)
                $0.orders["ord_2"] = ("staff@souk.example", "confirmed", 3_495)
            }
            try await browser.logInAsStaff()
            try await browser.get("/orders/ord_1\(part)")
            browser.expect("What happened")
            #expect(!browser.page.contains("Cancel the order"))
            try await browser.get("/orders/ord_2\(part)")
            browser.expect("Cancel the order")
            try await browser.get("/orders/ord_2/live?staff=1")
            #expect(!browser.page.contains("Cancel the order"))
        }
    }

    @Test func stuckOrdersAreAskedFor() async throws {
        try await Browser.with { browser, services in
            try await browser.logInAsStaff()
            #expect(services.requests(.orders, .get, "/v1/orders?all=true").contains { $0.path.contains("stuck=true") })
        }
    }
}
