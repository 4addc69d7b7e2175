import Testing

extension SystemTests {
    @Suite struct CatalogTests {
        @Test func newProductIsShownAndFound() async throws {
            let staff = try await Staff.logIn()
            let sku = try await staff.product(price: 1_299, stock: 7)
            let page = try await HTTP.shop().get("/v1/products/\(sku)")
            #expect(page.status == 200)
            #expect(page.headers["etag"] != nil)
            #expect(page.json["price"] == .money(1_299))
            #expect(page.json["available"].number == 7)
            let list = try await HTTP.shop().get("/v1/products?query=\(sku)&limit=5")
            #expect(list.json["items"].array.contains { $0["sku"].string == sku })
        }

        @Test func priceIsChangedUnderIfMatchOnly() async throws {
            let staff = try await Staff.logIn()
            let sku = try await staff.product(price: 100)
            let change: JSON = ["name": "Test product", "description": "Dearer", "price": .money(120)]
            let etag = try #require(try await staff.http.get("/v1/products/\(sku)").headers["etag"])
            #expect(try await staff.http.put("/v1/products/\(sku)", change).status == 428)
            #expect(try await staff.http.with("If-Match", "\"stale\"").put("/v1/products/\(sku)", change).status == 412)
            #expect(try await staff.http.with("If-Match", etag).put("/v1/products/\(sku)", change).status == 200)
            #expect(try await staff.http.with("If-Match", etag).put("/v1/products/\(sku)", change).status == 412)
            try await Self.expectNewPricesAtOnce(staff, sku)
        }

        /// Whoever looks sees a new price at once, on the product's page and in a search that was kept, not when the old page's time
        /// is over. A cache that is too slow for a change is passed over; then the next change shows it. The bound is shorter than
        /// a page's life, and each look at the search shorter than that of a list.
        private static func expectNewPricesAtOnce(_ staff: Staff, _ sku: String) async throws {
            var price: Int64 = 130
            _ = try await poll("a new price is shown at once", within: .seconds(20)) {
                price += 1
                let before = try await Self.found(sku)
                let change: JSON = ["name": "Test product", "description": "Dearer", "price": .money(price)]
                let changed = try await staff.http.with("If-Match", "*").put("/v1/products/\(sku)", change)
                #expect(changed.status == 200)
                let shown = try await HTTP.shop().get("/v1/products/\(sku)").json["price"]
                let found = try await Self.found(sku)
                return before != nil && shown == .money(price) && found == .money(price) ? true : nil
            }
        }

        /// The price that a search for the product shows.
        private static func found(_ sku: String) async throws -> JSON? {
            let list = try await HTTP.shop().get("/v1/products?query=\(sku)&limit=5")
            return list.json["items"].array.first { $0["sku"].string == sku }?["price"]
        }

        @Test func listIsPagedWithACursor() async throws {
            let staff = try await Staff.logIn()
            for _ in 0..<3 { _ = try await staff.product() }
            var seen: Set<String> = []
            var path = "/v1/products?limit=2"
            for _ in 0..<3 {
                let page = try await HTTP.shop().get(path)
                let skus = page.json["items"].array.compactMap(\.["sku"].string)
                #expect((1...2).contains(skus.count))
                #expect(seen.isDisjoint(with: skus))
                seen.formUnion(skus)
                guard let cursor = page.json["next_cursor"].string else { break }
                path = "/v1/products?limit=2&cursor=\(cursor)"
            }
            #expect(seen.count >= 3)
        }

        @Test func restockAddsAndNeverGoesBelowNothing() async throws {
            let staff = try await Staff.logIn()
            let sku = try await staff.product(stock: 3)
            let more = try await staff.http.post("/v1/products/\(sku)/stock", ["delta": 4])
            #expect(more.json["available"].number == 7)
            let tooMany = try await staff.http.post("/v1/products/\(sku)/stock", ["delta": -8])
            #expect([409, 422].contains(tooMany.status))
        }

        @Test func unknownProductIsNotThere() async throws {
            #expect(try await HTTP.shop().get("/v1/products/NO-SUCH-SKU").status == 404)
        }

        @Test(arguments: [
            (JSON.money(100, "EUR"), JSON.number(1)), (.money(-1), 1), (.money(100), -1), (.money(100), 1.5),
            (.string("2.50"), 1), (.money(100), "many"),
        ])
        func wrongProductIsRefused(price: JSON, stock: JSON) async throws {
            let staff = try await Staff.logIn()
            let answer = try await staff.http.post("/v1/products", Staff.product("TEST-WRONG", price: price, stock: stock))
            #expect(answer.status == 422)
            #expect(!answer.json["errors"].array.isEmpty)
            #expect(try await HTTP.shop().get("/v1/products/TEST-WRONG").status == 404)
        }
    }
}
