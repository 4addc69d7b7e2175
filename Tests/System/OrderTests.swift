import Foundation
import Testing

extension SystemTests {
    @Suite struct OrderTests {
        @Test func orderIsConfirmedAndEmptiesTheCart() async throws {
            let sku = try await Staff.logIn().product(price: 250, stock: 10)
            let shopper = try await Shopper.register()
            let method = try await shopper.pay()
            try await shopper.fill(sku, 4)
            let placed = try await shopper.place(method)
            #expect(placed.status == 201)
            let id = try #require(placed.json["id"].string)
            #expect(placed.headers["location"]?.hasSuffix("/v1/orders/\(id)") == true)
            #expect(placed.json["total"] == .money(1_000))
            let order = try await shopper.await(id, "confirmed")
            let states = order["timeline"].array.compactMap(\.["status"].string)
            #expect(states.first == "placed")
            #expect(states.last == "confirmed")
            _ = try await poll("the cart is empty") {
                try await shopper.http.get("/v1/cart").json["items"].array.isEmpty ? true : nil
            }
        }

        @Test func answerCanWaitForTheOutcome() async throws {
            let sku = try await Staff.logIn().product()
            let shopper = try await Shopper.register()
            let method = try await shopper.pay()
            try await shopper.fill(sku)
            let key = UUID().uuidString
            let start = ContinuousClock.now
            let answer = try await shopper.place(method, key: key, wait: 10)
            #expect(answer.status == 201)
            // The outcome, or as it stands when the time is over; never sooner.
            #expect(answer.json["status"].string == "confirmed" || ContinuousClock.now - start >= .seconds(10))
            try await shopper.await(try #require(answer.json["id"].string), "confirmed")
            let again = try await shopper.place(method, key: key, wait: 10)
            #expect(again.json["id"] == answer.json["id"])
            #expect(again.json["status"].string == "confirmed")
        }

        @Test func priceIsTheCatalogsAtTheMomentOfTheOrder() async throws {
            let staff = try await Staff.logIn()
            let sku = try await staff.product(price: 100)
            let shopper = try await Shopper.register()
            let method = try await shopper.pay()
            try await shopper.fill(sku, 2)
            let etag = try #require(try await staff.http.get("/v1/products/\(sku)").headers["etag"])
            let change: JSON = ["name": "Test product", "description": "", "price": .money(130)]
            #expect(try await staff.http.with("If-Match", etag).put("/v1/products/\(sku)", change).status == 200)
            #expect(try await shopper.place(method).json["total"] == .money(260))
        }

        @Test func emptyCartIsNoOrder() async throws {
            let shopper = try await Shopper.register()
            let answer = try await shopper.place(try await shopper.pay())
            #expect([409, 422].contains(answer.status))
        }

        @Test func ordersAreListedNewestOrOldestOnceEach() async throws {
            let sku = try await Staff.logIn().product()
            let shopper = try await Shopper.register()
            var ids: Set<String> = []
            for _ in 0..<3 {
                let id = try await shopper.buy(sku)
                try await shopper.await(id, "confirmed")
                ids.insert(id)
                _ = try await poll("the cart is empty") {
                    try await shopper.http.get("/v1/cart").json["items"].array.isEmpty ? true : nil
                }
            }
            let first = try await shopper.http.get("/v1/orders?limit=2")
            let cursor = try #require(first.json["next_cursor"].string)
            let second = try await shopper.http.get("/v1/orders?limit=2&cursor=\(cursor)")
            let listed = (first.json["items"].array + second.json["items"].array).compactMap(\.["id"].string)
            #expect(listed.count == 3)
            #expect(Set(listed) == ids)
        }

        @Test func orderIsSeenLive() async throws {
            let sku = try await Staff.logIn().product()
            let shopper = try await Shopper.register()
            let id = try await shopper.buy(sku)
            let lines = try await shopper.http.lines("/v1/orders/\(id)/events") { $0.contains("confirmed") }
            let data = lines.filter { $0.hasPrefix("data:") }
            #expect(data.contains { $0.contains("placed") })
            #expect(data.contains { $0.contains("confirmed") } || lines.contains { $0.hasPrefix("event:") && $0.contains("confirmed") })
            #expect(lines.contains { $0.hasPrefix("id:") })
        }

        @Test func liveOrderGoesOnAfterTheLastSeenEvent() async throws {
            let staff = try await Staff.logIn()
            let shopper = try await Shopper.register()
            let id = try await shopper.buy(try await staff.product())
            try await shopper.await(id, "confirmed")
            let seen = try await shopper.http.lines("/v1/orders/\(id)/events") { $0.hasPrefix("id:") }
            let last = try #require(seen.first { $0.hasPrefix("id:") }).dropFirst(3).trimmingCharacters(in: .whitespaces)
            let rest = try await shopper.http.with("Last-Event-ID", last).lines("/v1/orders/\(id)/events") {
                $0.contains("confirmed")
            }
            #expect(!rest.contains { $0.contains("\"placed\"") })
        }
    }
}
