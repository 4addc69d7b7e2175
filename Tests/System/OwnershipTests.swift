import Testing

extension SystemTests {
    @Suite struct OwnershipTests {
        @Test func othersOrderIsNotThere() async throws {
            let owner = try await Shopper.register()
            let id = try await owner.buy(try await Staff.logIn().product())
            try await owner.await(id, "confirmed")
            let other = try await Shopper.register()
            #expect(try await other.http.get("/v1/orders/\(id)").status == 404)
            #expect(try await other.http.get("/v1/orders/\(id)/events").status == 404)
            #expect(try await other.http.post("/v1/orders/\(id)/cancel").status == 404)
            #expect(try await other.http.get("/v1/orders").json["items"].array.isEmpty)
            #expect(try await owner.order(id)["status"].string == "confirmed")
        }

        @Test func orderSaysWhoseItIs() async throws {
            let owner = try await Shopper.register()
            let id = try await owner.buy(try await Staff.logIn().product())
            let account = try #require(try await owner.http.get("/v1/accounts/me").json["id"].string)
            #expect(try await owner.order(id)["account_id"].string == account)
        }

        @Test func othersPaymentIsNotThere() async throws {
            let owner = try await Shopper.register()
            let id = try await owner.buy(try await Staff.logIn().product())
            try await owner.await(id, "confirmed")
            let other = try await Shopper.register()
            let answer = try await other.http.get("/v1/payments?order_id=\(id)")
            #expect(answer.status == 404 || (answer.status == 200 && answer.json["items"].array.isEmpty))
            #expect(!answer.text.contains("captured"))
        }

        @Test func othersPaymentMethodPaysNothing() async throws {
            let owner = try await Shopper.register()
            let method = try await owner.pay()
            let thief = try await Shopper.register()
            try await thief.fill(try await Staff.logIn().product())
            let answer = try await thief.place(method)
            if answer.status == 201 {
                let order = try await thief.await(try #require(answer.json["id"].string), "cancelled", "confirmed")
                #expect(order["status"].string == "cancelled")
            } else {
                #expect([404, 422].contains(answer.status))
            }
        }

        @Test func cartsAreKeptApart() async throws {
            let owner = try await Shopper.register()
            try await owner.fill(try await Staff.logIn().product())
            let other = try await Shopper.register()
            #expect(try await other.http.get("/v1/cart").json["items"].array.isEmpty)
        }
    }
}
