import Foundation
import Testing

extension SystemTests {
    @Suite struct CrashTests {
        private static let services = ["cart", "order-tracking", "catalog", "payments", "login", "psp-simulator"]

        @Test func everyServiceMayDieDuringAReplay() async throws {
            let sample = try #require(TestShop.sample)
            let rate = try Self.rate(for: sample)
            let replay = try await withThrowingTaskGroup(of: Command.Result?.self) { group in
                group.addTask { try await Command.soukctl("replay", sample, "--rate", "\(rate)", "--patience", "600", "--skip-audit") }
                group.addTask {
                    for service in Self.services {
                        try await Task.sleep(for: .seconds(3))
                        try await Command.control("kill", service)
                    }
                    return nil
                }
                let results = try await group.reduce(into: [Command.Result]()) { if let result = $1 { $0.append(result) } }
                return try #require(results.first)
            }
            #expect(!replay.output.contains("not final"), "\(replay.output)")
            #expect(!replay.output.contains("failed"), "\(replay.output)")
            #expect(replay.output.contains("orders to place"), "\(replay.output)")
            try await Command.expectCleanAudit()
        }

        /// How many sales of a file to begin each second: it takes so long that every service dies while orders are on their way.
        private static func rate(for sample: String) throws -> Double {
            let text = String(decoding: try Data(contentsOf: URL(filePath: sample)), as: UTF8.self)
            let invoices = text.split(whereSeparator: \.isNewline).dropFirst().map { line in line.prefix { $0 != "," } }
            return min(Double(Set(invoices.filter { !$0.hasPrefix("C") }).count) / 20, 3)
        }

        @Test(arguments: Self.services)
        func orderSurvivesTheDeathOfAService(service: String) async throws {
            let sku = try await Staff.logIn().product(stock: 50)
            let shopper = try await Shopper.register()
            let id = try await shopper.buy(sku)
            try await Command.control("kill", service)
            _ = try await poll("the order is final", within: .seconds(300)) {
                // While an instance starts again, the balancer may have nobody to ask.
                let answer = try? await shopper.http.impatient.get("/v1/orders/\(id)")
                let status = answer?.json["status"].string
                return status == "confirmed" || status == "cancelled" ? status : nil
            }
            try await Self.everythingAnswers(sku)
        }

        @Test func loggedInShopperBuysWhileLoginIsDown() async throws {
            let sku = try await Staff.logIn().product()
            let shopper = try await Shopper.register()
            let method = try await shopper.pay()
            try await Command.control("kill", "login", "STOP")
            do {
                try await shopper.fill(sku, 2)
                let id = try #require(try await shopper.place(method).json["id"].string)
                try await shopper.await(id, "confirmed")
            } catch {
                Issue.record(error)
            }
            try await Command.control("kill", "login", "CONT")
            try await Self.everythingAnswers(sku)
        }

        /// The next test must not meet a service that is still starting: a new shopper buys, however often it takes.
        private static func everythingAnswers(_ sku: String) async throws {
            _ = try await poll("somebody can buy after the crash", within: .seconds(300)) {
                let isServed = await Self.buys(sku)
                if !isServed { try await Task.sleep(for: .seconds(1)) }
                return isServed ? true : nil
            }
        }

        /// Whether an order goes all the way. Refusals are allowed while a service starts.
        private static func buys(_ sku: String) async -> Bool {
            do {
                let http = try HTTP.shop().impatient
                let email = JSON.string("crash-\(UUID().uuidString.lowercased())@test.example")
                let password = JSON.string(Shopper.password)
                _ = try await http.post("/v1/accounts", ["email": email, "password": password, "name": "Crash Test"])
                let session = try await http.post("/v1/sessions", ["email": email, "password": password])
                guard let token = session.json["access_token"].string else { return false }
                let me = http.with("Authorization", "Bearer \(token)").with("Idempotency-Key", UUID().uuidString)
                _ = try await me.post("/v1/cart/items", ["sku": .string(sku), "quantity": 1])
                let method = try await me.post("/v1/payment-methods", ["card": Shopper.card(Card.approved)])
                guard let id = method.json["id"].string else { return false }
                let order = try await me.with("Prefer", "wait=10").post("/v1/orders", Shopper.order(id))
                guard let placed = order.json["id"].string else { return false }
                return try await Self.isConfirmed(order.json["status"].string, placed, me)
            } catch {
                return false
            }
        }

        /// Whether an order that was placed is confirmed, at once or within a minute.
        private static func isConfirmed(_ status: String?, _ order: String, _ http: HTTP) async throws -> Bool {
            let end = ContinuousClock.now + .seconds(60)
            var status = status
            while status != "confirmed", status != "cancelled", .now < end {
                try await Task.sleep(for: .milliseconds(100))
                status = try await http.get("/v1/orders/\(order)").json["status"].string
            }
            return status == "confirmed"
        }
    }
}
