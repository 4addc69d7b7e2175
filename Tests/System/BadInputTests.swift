import Testing

extension SystemTests {
    @Suite struct BadInputTests {
        private static let routes = [
            "/v1/accounts", "/v1/sessions", "/v1/tokens", "/v1/cart/items", "/v1/payment-methods", "/v1/orders",
        ]

        @Test(arguments: Self.routes, ["{", "{\"a\":}", "not json", "{\"sku\":\"A\"", "\u{0}"])
        func malformedJSONIsUnreadable(route: String, body: String) async throws {
            let shopper = try await Shopper.register()
            let http = shopper.http.with("Idempotency-Key", "malformed")
            #expect(try await http.send("POST", route, Array(body.utf8)).status == 400)
        }

        @Test(arguments: Self.routes, [JSON.array([]), "text", 5, .null, [:]])
        func otherShapesAreUnderstoodAndWrong(route: String, body: JSON) async throws {
            let shopper = try await Shopper.register()
            let http = shopper.http.with("Idempotency-Key", "shape")
            #expect([400, 422].contains(try await http.post(route, body).status))
        }

        @Test(arguments: Self.routes)
        func hugeBodyIsTooLarge(route: String) async throws {
            let shopper = try await Shopper.register()
            let body = Array("{\"name\":\"\(String(repeating: "x", count: 1 << 20))\"}".utf8)
            let http = shopper.http.with("Idempotency-Key", "huge")
            #expect(try await http.send("POST", route, body).status == 413)
        }

        @Test func bodyOfAnotherMediaTypeIsRefused() async throws {
            let shopper = try await Shopper.register()
            let http = shopper.http.with("Content-Type", "text/plain")
            #expect(try await http.send("POST", "/v1/cart/items", Array("{}".utf8)).status == 415)
        }

        @Test(arguments: ["email", "password", "name"])
        func accountNeedsEveryField(missing: String) async throws {
            var fields: [String: JSON] = ["email": "a@test.example", "password": .string(Shopper.password), "name": "A"]
            fields[missing] = nil
            let answer = try await HTTP.shop().post("/v1/accounts", .object(fields))
            #expect(answer.status == 422)
            #expect(answer.json["errors"].array.contains { $0["pointer"].string == "#/\(missing)" })
        }

        @Test(arguments: ["", "no address", "a@", "@b", "a@b@c"])
        func impossibleAddressIsRefused(email: String) async throws {
            let answer = try await HTTP.shop().post(
                "/v1/accounts",
                ["email": .string(email), "password": .string(Shopper.password), "name": "A"]
            )
            #expect(answer.status == 422)
        }

        @Test(arguments: ["limit=0", "limit=101", "limit=-1", "limit=many", "cursor=nonsense"])
        func impossiblePageIsRefused(query: String) async throws {
            let shopper = try await Shopper.register()
            #expect([400, 422].contains(try await shopper.http.get("/v1/products?\(query)").status))
            #expect([400, 422].contains(try await shopper.http.get("/v1/orders?\(query)").status))
        }

        @Test func listingEverybodysOrdersIsYesOrNo() async throws {
            let shopper = try await Shopper.register()
            #expect(try await shopper.http.get("/v1/orders?all=false").status == 200)
            #expect(try await shopper.http.get("/v1/orders?all=true").status == 403)
            #expect(try await shopper.http.get("/v1/orders?all=maybe").status == 422)
        }

        @Test(arguments: ["/v1/orders/ord_1", "/v1/orders/..%2F..%2Fetc", "/v1/orders/%00", "/v1/nothing", "/nothing"])
        func unknownPlacesAreNotThere(path: String) async throws {
            let shopper = try await Shopper.register()
            #expect([400, 404].contains(try await shopper.http.get(path).status))
        }

        @Test func otherMethodsAreNotAllowed() async throws {
            let shopper = try await Shopper.register()
            let status = try await shopper.http.send("PATCH", "/v1/cart", nil).status
            #expect([404, 405].contains(status))
        }

        @Test(arguments: ["login", "catalog", "cart", "payments", "orders"])
        func everyServiceServesItsContract(service: String) async throws {
            let answer = try await HTTP.shop().get("/v1/\(service)/openapi.json")
            #expect(answer.status == 200)
            #expect(answer.json["openapi"].string?.hasPrefix("3.1") == true)
        }

        @Test func everyAnswerSaysWhichInstanceAndTraceItWas() async throws {
            let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
            let answer = try await HTTP.shop().with("traceparent", "00-\(trace)-00f067aa0ba902b7-01").get("/v1/products")
            #expect(answer.headers["souk-instance"]?.isEmpty == false)
            #expect(answer.headers["traceparent"]?.contains(trace) == true)
        }
    }
}
