import Foundation
import Testing

extension SystemTests {
    @Suite struct AccountTests {
        private func credentials(_ email: String, _ password: String = Shopper.password) -> JSON {
            ["email": .string(email), "password": .string(password)]
        }

        @Test func accountIsOpenedOnceForAnAddress() async throws {
            let shopper = try await Shopper.register()
            let again = try await HTTP.shop().post(
                "/v1/accounts",
                ["email": .string(shopper.email), "password": .string(Shopper.password), "name": "Somebody Else"]
            )
            #expect(again.status == 409)
        }

        @Test func ownAccountIsShown() async throws {
            let shopper = try await Shopper.register()
            let me = try await shopper.http.get("/v1/accounts/me")
            #expect(me.status == 200)
            #expect(me.json["email"].string == shopper.email)
        }

        @Test func wrongPasswordAndUnknownAddressAreRefusedAlike() async throws {
            let shopper = try await Shopper.register()
            let http = try HTTP.shop()
            let wrong = try await http.post("/v1/sessions", self.credentials(shopper.email, "not the password"))
            let unknown = try await http.post("/v1/sessions", self.credentials("nobody-\(UUID().uuidString)@test.example"))
            #expect(wrong.status == 401)
            #expect(unknown.status == 401)
            #expect(wrong.json["detail"] == unknown.json["detail"])
        }

        @Test func refreshTokenWorksOnceAndItsTheftKillsTheFamily() async throws {
            let shopper = try await Shopper.register()
            let http = try HTTP.shop()
            let session = try await http.post("/v1/sessions", self.credentials(shopper.email))
            let first = session.json["refresh_token"]
            let renewed = try await http.post("/v1/tokens", ["refresh_token": first])
            #expect(renewed.status == 201)
            #expect(try await http.post("/v1/tokens", ["refresh_token": first]).status == 401)
            #expect(try await http.post("/v1/tokens", ["refresh_token": renewed.json["refresh_token"]]).status == 401)
        }

        @Test func loggedOutSessionCannotBeRenewed() async throws {
            let shopper = try await Shopper.register()
            let http = try HTTP.shop()
            let session = try await http.post("/v1/sessions", self.credentials(shopper.email))
            let token = try #require(session.json["access_token"].string)
            #expect(try await http.with("Authorization", "Bearer \(token)").delete("/v1/sessions/current").status == 204)
            #expect(try await http.post("/v1/tokens", ["refresh_token": session.json["refresh_token"]]).status == 401)
            // Another session of the same account; the closing audit reads the events of both.
            #expect(try await http.post("/v1/sessions", self.credentials(shopper.email)).status == 201)
        }

        @Test(arguments: ["/v1/accounts/me", "/v1/orders", "/v1/payments?order_id=ord_1"])
        func withoutATokenNothingIsShown(path: String) async throws {
            #expect(try await HTTP.shop().get(path).status == 401)
        }

        @Test func forgedTokensAreRefused() async throws {
            let shopper = try await Shopper.register()
            let header = try #require(shopper.http.headers["Authorization"])
            let parts = header.dropFirst("Bearer ".count).split(separator: ".").map(String.init)
            try #require(parts.count == 3)
            let http = try HTTP.shop()
            let noAlgorithm = Data(#"{"alg":"none","typ":"JWT"}"#.utf8).base64EncodedString().replacing("=", with: "")
            let forgeries = [
                "nonsense",
                "\(parts[0]).\(parts[1])",
                "\(parts[0]).\(parts[1]).\(String(parts[2].reversed()))",
                "\(noAlgorithm).\(parts[1]).",
                "\(parts[0]).\(try Self.changed(parts[1]) { $0["scope"] = "shopper staff" }).\(parts[2])",
                "\(parts[0]).\(try Self.changed(parts[1]) { $0["exp"] = 1 }).\(parts[2])",
            ]
            for token in forgeries {
                #expect(try await http.with("Authorization", "Bearer \(token)").get("/v1/orders").status == 401)
                #expect(try await http.with("Authorization", "Bearer \(token)").get("/v1/accounts/me").status == 401)
            }
        }

        /// A token's claims with one of them changed.
        private static func changed(_ part: String, _ change: (inout [String: JSON]) -> Void) throws -> String {
            let base64 = part.replacing("-", with: "+").replacing("_", with: "/")
            let padded = base64 + String(repeating: "=", count: (4 - base64.count % 4) % 4)
            var claims = try JSONDecoder().decode([String: JSON].self, from: try #require(Data(base64Encoded: padded)))
            change(&claims)
            return try JSONEncoder().encode(claims).base64EncodedString()
                .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        }

        @Test func shopperIsNoStaff() async throws {
            let shopper = try await Shopper.register()
            let product = try await shopper.http.post("/v1/products", Staff.product("TEST-X", price: .money(1), stock: 1))
            #expect(product.status == 403)
            #expect(try await shopper.http.post("/v1/products/TEST-X/stock", ["delta": 5]).status == 403)
            let staff = Staff(http: shopper.http)
            #expect(try await staff.ship("ord_1").status == 403)
            #expect(try await staff.refund("ord_1", nil).status == 403)
        }
    }
}
