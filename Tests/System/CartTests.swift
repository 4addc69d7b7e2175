import Testing

extension SystemTests {
    @Suite struct CartTests {
        @Test func cartAddsSetsAndRemoves() async throws {
            let sku = try await Staff.logIn().product(price: 250)
            let shopper = try await Shopper.register()
            try await shopper.fill(sku, 2)
            try await shopper.fill(sku, 3)
            var cart = try await shopper.http.get("/v1/cart")
            #expect(cart.json["items"].array.map { $0["quantity"].number } == [5])
            #expect(cart.json["total"] == .money(1_250))
            cart = try await shopper.http.put("/v1/cart/items/\(sku)", ["quantity": 1])
            #expect(cart.json["items"].array.first?["line_total"] == .money(250))
            cart = try await shopper.http.put("/v1/cart/items/\(sku)", ["quantity": 0])
            #expect(cart.json["items"].array.isEmpty)
        }

        @Test func guestsCartIsMergedAtLogin() async throws {
            let sku = try await Staff.logIn().product()
            let first = try await HTTP.shop().post("/v1/cart/items", ["sku": .string(sku), "quantity": 2])
            #expect(first.status == 200)
            let token = try #require(first.headers["souk-cart"])
            let guest = try HTTP.shop().with("Souk-Cart", token)
            #expect(try await guest.get("/v1/cart").json["items"].array.count == 1)
            let shopper = try await Shopper.register()
            try await shopper.fill(sku, 1)
            #expect(try await shopper.http.with("Souk-Cart", token).post("/v1/cart/merge").status == 200)
            let quantities = try await shopper.http.get("/v1/cart").json["items"].array.map { $0["quantity"].number }
            #expect(quantities == [3])
        }

        @Test func guestsCartIsNobodyElses() async throws {
            let sku = try await Staff.logIn().product()
            let first = try await HTTP.shop().post("/v1/cart/items", ["sku": .string(sku), "quantity": 2])
            let token = try #require(first.headers["souk-cart"])
            let forged = try HTTP.shop().with("Souk-Cart", String(token.dropLast(4)) + "AAAA")
            let answer = try await forged.get("/v1/cart")
            #expect([401, 404].contains(answer.status) || answer.json["items"].array.isEmpty)
        }

        @Test(arguments: [0, -1, 100_001, Int64.max])
        func impossibleQuantitiesAreRefused(quantity: Int64) async throws {
            let sku = try await Staff.logIn().product()
            let shopper = try await Shopper.register()
            let answer = try await shopper.http.post("/v1/cart/items", ["sku": .string(sku), "quantity": .number(quantity)])
            #expect(answer.status == 422)
            #expect(try await shopper.http.get("/v1/cart").json["items"].array.isEmpty)
        }

        @Test(arguments: ["\"two\"", "1.5", "null", "true", "99999999999999999999", "{}"])
        func quantityOfTheWrongTypeIsRefused(quantity: String) async throws {
            let sku = try await Staff.logIn().product()
            let shopper = try await Shopper.register()
            let body = Array("{\"sku\":\"\(sku)\",\"quantity\":\(quantity)}".utf8)
            #expect(try await shopper.http.send("POST", "/v1/cart/items", body).status == 422)
        }

        @Test func sumsBeyondTheBoundAreRefused() async throws {
            let sku = try await Staff.logIn().product(stock: 100_000)
            let shopper = try await Shopper.register()
            try await shopper.fill(sku, 100_000)
            let answer = try await shopper.http.post("/v1/cart/items", ["sku": .string(sku), "quantity": 1])
            #expect(answer.status == 422)
        }

        @Test func unknownSKUIsRefused() async throws {
            let shopper = try await Shopper.register()
            let answer = try await shopper.http.post("/v1/cart/items", ["sku": "NO-SUCH-SKU", "quantity": 1])
            #expect([404, 422].contains(answer.status))
            #expect(try await shopper.http.get("/v1/cart").json["items"].array.isEmpty)
        }

        @Test func thousandLinesAreTakenOrClearlyRefused() async throws {
            let staff = try await Staff.logIn()
            let shopper = try await Shopper.register()
            var taken: Set<String> = []
            var refusals = 0
            // A hundred at a time: after the third refusal nobody needs the rest of the thousand.
            for _ in 0..<10 where refusals < 3 {
                for sku in try await Self.hundredProducts(staff) where refusals < 3 {
                    let answer = try await shopper.http.post("/v1/cart/items", ["sku": .string(sku), "quantity": 1])
                    if answer.status == 200 { taken.insert(sku) } else { refusals += 1 }
                    if answer.status != 200 { #expect([409, 422].contains(answer.status)) }
                }
            }
            let cart = try await shopper.http.get("/v1/cart")
            #expect(Set(cart.json["items"].array.compactMap(\.["sku"].string)) == taken)
            let id = try #require(try await shopper.place(try await shopper.pay()).json["id"].string)
            let order = try await shopper.await(id, "confirmed", within: .seconds(300))
            #expect(order["items"].array.count == taken.count)
        }

        /// A tenth of a very long shopping list.
        private static func hundredProducts(_ staff: Staff) async throws -> [String] {
            var skus: [String] = []
            try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<100 {
                    if number >= 16, let sku = try await group.next() { skus.append(sku) }
                    group.addTask { try await staff.product(price: 10, stock: 5) }
                }
                for try await sku in group { skus.append(sku) }
            }
            return skus
        }
    }
}
