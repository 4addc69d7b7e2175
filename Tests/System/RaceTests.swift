import Testing

extension SystemTests {
    @Suite struct RaceTests {
        @Test func lastUnitGoesToExactlyOne() async throws {
            let staff = try await Staff.logIn()
            let (sku, token) = try await staff.productAndToken(stock: 1)
            let orders = try await self.race(shoppers: 2, for: sku)
            #expect(orders.count { $0["status"].string == "confirmed" } == 1)
            let loser = try #require(orders.first { $0["status"].string == "cancelled" })
            #expect(loser["cancel_reason"].string == "out_of_stock")
            // The stock itself was reserved before the order was confirmed. The page follows soon, or when its time is over.
            #expect(try await staff.available(sku, readAfter: token) == 0)
            _ = try await poll("nothing is left") { try await staff.available(sku) == 0 ? true : nil }
        }

        @Test func fiveUnitsGoToExactlyFiveOfTwelve() async throws {
            let sku = try await Staff.logIn().product(stock: 5)
            let orders = try await self.race(shoppers: 12, for: sku)
            #expect(orders.count { $0["status"].string == "confirmed" } == 5)
            #expect(orders.count { $0["cancel_reason"].string == "out_of_stock" } == 7)
        }

        /// All at once: everybody is ready before anybody orders.
        private func race(shoppers count: Int, for sku: String) async throws -> [JSON] {
            var ready: [(shopper: Shopper, method: String)] = []
            for _ in 0..<count {
                let shopper = try await Shopper.register()
                try await shopper.fill(sku)
                ready.append((shopper, try await shopper.pay()))
            }
            return try await withThrowingTaskGroup(of: JSON.self) { group in
                for (shopper, method) in ready {
                    group.addTask {
                        let answer = try await shopper.place(method)
                        let id = try #require(answer.json["id"].string, "\(answer.text)")
                        return try await shopper.await(id, "confirmed", "cancelled")
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
        }
    }
}
