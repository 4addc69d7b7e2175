import HTTPTypes
import HummingbirdTesting
import Testing

@testable import StorefrontService

@Suite struct SecurityTests {
    @Test func formsWithoutTheSessionsTokenAreRefused() async throws {
        try await Browser.with { browser, services in
            try await browser.get("/products/LANTERN-BRASS")
            let form = browser.hidden(of: "/cart/items")
            for (token, origin) in [("", nil), ("x", nil), (form["csrf"], "http://evil.example"), (form["csrf"], "null")]
                as [(String?, String?)]
            {
                var fields = form
                fields["csrf"] = token
                try await browser.post("/cart/items", fields, headers: origin.map { [.origin: $0] as HTTPFields } ?? [:])
                #expect(browser.status == 403)
            }
            try await browser.post("/cart/items", form, headers: [.secFetchSite: "cross-site"])
            #expect(browser.status == 403)
            browser.expect("Nothing has been done.")
            let stranger = Browser(browser.client)
            try await stranger.post("/cart/items", form)
            #expect(stranger.status == 403)
            #expect(services.requests(.cart, .post, "/v1/cart").isEmpty)
        }
    }

    @Test(arguments: [
        "/login", "/register", "/logout", "/checkout", "/cart/items", "/cart/items/A", "/orders/ord_1/cancel", "/staff/products",
        "/staff/orders/ord_1/refund",
    ])
    func everyFormIsGuarded(path: String) async throws {
        try await Browser.with { browser, _ in
            try await browser.get("/")
            try await browser.post(path, ["email": "ann@test.example", "password": "correct horse"])
            #expect(browser.status == 403)
        }
    }

    @Test func cookieIsForTheServerAlone() async throws {
        try await Browser.with { browser, _ in
            let response = try await browser.raw(.get, "/")
            let cookie = response.headers[.setCookie] ?? ""
            #expect(
                cookie.hasPrefix("souk=1.") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"))
            #expect(!cookie.contains("Secure"))
        }
        try await Browser.with(["PUBLIC_URL": "https://shop.example"]) { browser, _ in
            let response = try await browser.raw(.get, "/")
            let cookie = response.headers[.setCookie] ?? ""
            #expect(cookie.hasPrefix("__Host-souk=1.") && cookie.hasSuffix("; Secure"))
            #expect(response.headers[.strictTransportSecurity]?.hasPrefix("max-age=31536000") == true)
        }
    }

    @Test func unchangedSessionIsNotSentAgain() async throws {
        try await Browser.with { browser, _ in
            try await browser.get("/")
            #expect(try await browser.raw(.get, "/").headers[.setCookie] == nil)
            #expect(try await browser.raw(.get, "/art/1/lantern/any/A.svg").headers[.setCookie] == nil)
        }
    }

    @Test func loginNamesANewSessionAndGoesOnlyToPlacesOfThisShop() async throws {
        try await Browser.with { browser, _ in
            try await browser.logIn()
            let before = browser.cookies
            try await browser.submit("/logout")
            #expect(browser.cookies != before)
            try await browser.get("/login?next=https%3A%2F%2Fevil.example")
            let token = browser.hidden(of: "/login")
            #expect(token["next"] == "/")
            try await browser.submit("/login", ["email": "ann@test.example", "password": "correct horse", "next": "//evil.example"])
            #expect(browser.location == "/")
            // The form of the time before the login is no longer good.
            try await browser.post("/logout", token)
            #expect(browser.status == 403)
        }
    }

    @Test func wrongPasswordIsSaidAndNothingIsKept() async throws {
        try await Browser.with { browser, _ in
            try await browser.get("/login")
            try await browser.submit("/login", ["email": "nobody@test.example", "password": "wrong password"])
            #expect(browser.status == 422)
            browser.expect("The e-mail address or the password is wrong.")
            browser.expect("value=\"nobody@test.example\"")
            #expect(!browser.page.contains("wrong password\""))
        }
    }

    @Test func namesOfProductsAreEscaped() async throws {
        try await Browser.with { browser, services in
            services.change { $0.products["EVIL"] = ("<script>alert(1)</script>", "<img src=x onerror=alert(2)>", 100, 9) }
            for path in ["/", "/search", "/products/EVIL"] {
                try await browser.get(path)
                browser.expect("&lt;script&gt;alert(1)")
                #expect(!browser.page.contains("<script>alert") && !browser.page.contains("<img src=x"))
            }
            try await browser.submit("/cart/items", ["quantity": "1"])
            try await browser.get("/cart")
            #expect(!browser.page.contains("<script>alert"))
        }
    }

    @Test func staffPagesAreNotThereForShoppers() async throws {
        try await Browser.with { browser, _ in
            try await browser.get("/staff")
            #expect(browser.location == "/login?next=%2Fstaff")
            try await browser.logIn()
            for path in ["/staff", "/staff/orders", "/staff/products", "/staff/products/new", "/staff/products/A"] {
                try await browser.get(path)
                #expect(browser.status == 404)
            }
        }
    }

    @Test func programsGetProblemsAndPeoplePages() async throws {
        try await Browser.with { browser, _ in
            try await browser.get("/nothing")
            #expect(browser.status == 404)
            browser.expect("<h1>This page is not here</h1>")
            let response = try await browser.raw(.get, "/nothing", [.accept: "application/json"])
            #expect(response.headers[.contentType] == "application/problem+json")
            try await browser.raw(.put, "/cart")
            #expect(browser.status == 405)
        }
    }

    @Test func everyTypeOfAProblemLeadsToItsPage() async throws {
        try await Browser.with { browser, _ in
            try await browser.get("/problems")
            browser.expect("idempotency-key-reused")
            try await browser.get("/problems/cart-empty")
            #expect(browser.status == 200)
            browser.expect("There is nothing in the cart to order.")
            try await browser.get("/problems/of-nobody")
            #expect(browser.status == 404)
        }
    }

    @Test func assetsAreKeptForGood() async throws {
        try await Browser.with { browser, _ in
            try await browser.get("/")
            let style = try #require(browser.page.firstMatch(of: /href="(\/assets\/[0-9a-f]+\/site\.css)"/)?.1)
            #expect(try await browser.raw(.get, String(style)).headers[.cacheControl] == "public, max-age=31536000, immutable")
            #expect(try await browser.raw(.get, "/assets/old/site.css").headers[.cacheControl] == "no-cache")
            let art = try await browser.raw(.get, "/art/1/tile/indigo/A.svg")
            #expect(art.headers[.contentType] == "image/svg+xml" && art.headers[.contentSecurityPolicy] == "default-src 'none'")
            #expect(try await browser.raw(.get, "/art/1/tile/beige/A.svg").status == .notFound)
            // An address without a version is asked for again.
            #expect(try await browser.raw(.get, "/art/hero.svg").headers[.cacheControl] == "public, max-age=86400")
        }
    }
}
