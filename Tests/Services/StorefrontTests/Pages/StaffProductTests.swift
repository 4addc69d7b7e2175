import HTTPTypes
import Testing

@testable import StorefrontService

@Suite struct StaffProductTests {
    private static let path = "/staff/products/LANTERN-BRASS"
    private static let product = [
        "sku": "LANTERN-BRASS", "name": "Brass courtyard lantern", "details": "One.\r\nTwo.", "price": "34.95", "stock": "3",
    ]

    @Test func mistakeInTheStockLeavesTheOtherFormAsItIs() async throws {
        try await Browser.with { browser, _ in
            try await browser.logInAsStaff()
            try await browser.get(Self.path)
            try await browser.submit("\(Self.path)/stock", ["delta": "many"])
            #expect(browser.status == 422)
            browser.expect("Enter a whole number, such as 12 or -3.")
            browser.expect("value=\"many\"")
            browser.expect("value=\"Brass courtyard lantern\"")
            browser.expect("Throws stars on the wall.</textarea>")
            browser.expect("value=\"34.95\"")
        }
    }

    @Test func mistakeInTheDetailsKeepsWhatWasTyped() async throws {
        try await Browser.with { browser, _ in
            try await browser.logInAsStaff()
            try await browser.get(Self.path)
            try await browser.submit(Self.path, ["name": "Lamp", "details": "Bright.", "price": "12,50"])
            #expect(browser.status == 422)
            browser.expect("Enter a price such as 12.50.")
            browser.expect("value=\"Lamp\"")
            browser.expect("Bright.</textarea>")
            browser.expect("value=\"12,50\"")
        }
    }

    @Test func descriptionKeepsItsLines() async throws {
        try await Browser.with { browser, services in
            services.change { $0.products["LANTERN-BRASS"]?.description = "One.\nTwo." }
            try await browser.logInAsStaff()
            try await browser.get(Self.path)
            browser.expect(">\nOne.\nTwo.</textarea>")
            try await browser.submit(Self.path, Self.product)
            try await browser.get("/staff/products/new")
            try await browser.submit("/staff/products", Self.product)
            let sent = services.requests(.catalog, .put, "/v1/products") + services.requests(.catalog, .post, "/v1/products")
            #expect(sent.count == 2)
            #expect(sent.allSatisfy { String(decoding: $0.body ?? [], as: UTF8.self).contains("\"One.\\nTwo.\"") })
        }
    }

    @Test(
        arguments: [("", ["name": "Lamp", "details": "", "price": "1"]), ("/stock", ["delta": "5"])] as [(String, [String: String])])
    func lostAnswerIsToldAsWhatItIs(form: String, fields: [String: String]) async throws {
        try await Browser.with { browser, services in
            try await browser.logInAsStaff()
            try await browser.get(Self.path)
            services.change { $0.down = [.catalog] }
            try await browser.submit(Self.path + form, fields)
            #expect(browser.location == Self.path)
            browser.expect("No answer came: look at the product again before you repeat this.")
        }
    }

    @Test func newProductWhoseAnswerWasLostIsSentAgainUnderItsKey() async throws {
        try await Browser.with { browser, services in
            try await browser.logInAsStaff()
            try await browser.get("/staff/products/new")
            let key = try #require(browser.hidden(of: "/staff/products")["key"])
            services.change { $0.down = [.catalog] }
            try await browser.submit("/staff/products", Self.product)
            #expect(browser.status == 503)
            browser.expect("it will not be put on the shelf twice")
            browser.expect("value=\"Brass courtyard lantern\"")
            #expect(browser.hidden(of: "/staff/products")["key"] == key)
        }
    }

    @Test func tryingAgainLeadsToTheFormAndNotToWhereItIsSent() async throws {
        try await Browser.with { browser, services in
            try await browser.logInAsStaff()
            try await browser.get(Self.path)
            services.change { $0.down = [.catalog] }
            let page = "\(Self.path)?from=list"
            try await browser.submit("\(Self.path)/stock", ["delta": ""], headers: [.referer: "http://shop.example\(page)"])
            #expect(browser.status == 503)
            browser.expect("<a class=\"button\" href=\"\(page)\">Try again</a>")
        }
    }

    @Test func oldPricesAndStocksAreCalledOld() async throws {
        try await Browser.with { browser, services in
            try await browser.logInAsStaff()
            try await browser.get("/staff/products")
            #expect(!browser.page.contains("up to ten minutes old"))
            services.change { $0.down = [.catalog] }
            try await browser.get("/staff/products")
            #expect(browser.status == 200)
            browser.expect("up to ten minutes old")
            browser.expect("Brass courtyard lantern")
        }
    }
}
