import HTTPTypes
import HummingbirdTesting
import ServiceKit
import Synchronization
import Testing

@testable import StorefrontService

/// Access tokens end while people shop. Nobody may notice, and nobody may be logged out by their own browser's haste.
@Suite struct TokenTests {
    @Test func tokenIsRenewedOnTheWay() async throws {
        try await Browser.with { browser, services in
            services.change { $0.accessLifetime = 30 }
            try await browser.logIn()
            services.change {
                $0.accessLifetime = 900; $0.requests = []
            }
            let before = browser.cookies
            try await browser.get("/orders")
            #expect(browser.status == 200)
            #expect(browser.cookies != before)
            try await browser.get("/orders")
            #expect(services.requests(.login, .post, "/v1/tokens").count == 1)
        }
    }

    @Test func parallelRequestsWithOneOldCookieAllStayLoggedIn() async throws {
        try await Browser.with { browser, services in
            services.change { $0.accessLifetime = 30 }
            try await browser.logIn()
            services.change {
                $0.accessLifetime = 900; $0.requests = []
            }
            let (client, cookie) = (browser.client, browser.cookies.map { "\($0)=\($1)" }.joined(separator: "; "))
            let answers = try await withThrowingTaskGroup(of: TestResponse.self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        try await client.execute(uri: "/orders", method: .get, headers: [.cookie: cookie, .accept: "text/html"])
                    }
                }
                return try await group.reduce(into: [TestResponse]()) { $0.append($1) }
            }
            #expect(answers.allSatisfy { $0.status == .ok })
            #expect(services.state.withLock { $0.endedFamilies.isEmpty })
        }
    }

    /// The same cookie at two instances, one after the other, and once more because the first answer never arrived.
    @Test func otherInstancesShowTheSameKeyWithTheSameToken() async throws {
        try await Browser.with { browser, services in
            services.change { $0.accessLifetime = 30 }
            try await browser.logIn()
            services.change {
                $0.accessLifetime = 900; $0.requests = []
            }
            let old = browser.cookies
            for _ in 0..<3 {
                browser.cookies = old
                try await browser.get("/orders")
                #expect(browser.status == 200)
            }
            let renewals = services.requests(.login, .post, "/v1/tokens")
            #expect(renewals.count == 3)
            #expect(Set(renewals.compactMap { $0.headers[.idempotencyKey] }).count == 1)
            #expect(services.state.withLock { $0.endedFamilies.isEmpty })
            try await browser.get("/orders")
            #expect(browser.status == 200)
        }
    }

    @Test func endedLoginLeadsToTheLoginFormAndBack() async throws {
        try await Browser.with { browser, services in
            try await browser.logIn()
            services.change {
                $0.access = [:]; $0.endedFamilies = ["ann@test.example"]
            }
            try await browser.get("/orders")
            #expect(browser.location == "/login?next=%2Forders")
            browser.expect("Your login has ended.")
            services.change { $0.endedFamilies = [] }
            try await browser.submit("/login", ["email": "ann@test.example", "password": "correct horse"])
            #expect(browser.location == "/orders")
        }
    }

    @Test func tokenThatServicesNoLongerTakeIsRenewedOnce() async throws {
        try await Browser.with { browser, services in
            try await browser.logIn()
            services.change { $0.access = [:] }
            try await browser.get("/orders")
            #expect(browser.status == 200)
            #expect(services.requests(.login, .post, "/v1/tokens").count == 1)
        }
    }

    @Test func renewedTokenReachesTheBrowserEvenWithAPageThatFailed() async throws {
        try await Browser.with { browser, services in
            services.change { $0.accessLifetime = 30 }
            try await browser.logIn()
            services.change {
                $0.accessLifetime = 900; $0.down = [.orders]
            }
            let before = browser.cookies
            try await browser.get("/orders/ord_1")
            #expect(browser.status == 503)
            #expect(browser.cookies != before)
        }
    }

    @Test func loginBeingAwayIsNoticedOnlyWhenTheTokenHasEnded() async throws {
        try await Browser.with { browser, services in
            // A second less than what is renewed early, and long enough for a slow machine to get there.
            services.change { $0.accessLifetime = Int(TokenKeeper.margin) - 1 }
            try await browser.logIn()
            services.change { $0.down = [.login] }
            try await browser.get("/orders")
            #expect(browser.status == 200)
        }
        try await Browser.with { browser, services in
            services.change { $0.accessLifetime = 1 }
            try await browser.logIn()
            services.change { $0.down = [.login] }
            try await browser.get("/orders/ord_1")
            #expect(browser.status == 503)
            browser.expect("Logging in does not work at the moment.")
        }
    }
}
