import Foundation
import Testing

/// The shop's staff: makes products to sell, ships and refunds.
struct Staff: Sendable {
    let http: HTTP

    static func logIn() async throws -> Staff {
        let shop = try TestShop.load()
        let http = try HTTP.shop()
        let session = try await http.keyed.post(
            "/v1/sessions",
            ["email": .string(shop.staff.email), "password": .string(shop.staff.password)]
        )
        try #require(session.status == 201)
        return Staff(http: http.with("Authorization", "Bearer \(try #require(session.json["access_token"].string))"))
    }

    /// A new product of the test's own.
    ///
    /// - Returns: Its SKU.
    func product(price: Int64 = 250, stock: Int64 = 1_000) async throws -> String {
        try await self.create(price: price, stock: stock).sku
    }

    /// The same, with the token that a reader sends to be answered past the catalog's cache.
    func productAndToken(stock: Int64) async throws -> (sku: String, readAfter: String) {
        let (sku, answer) = try await self.create(price: 250, stock: stock)
        return (sku, try #require(answer.headers["souk-read-after"]))
    }

    private func create(price: Int64, stock: Int64) async throws -> (sku: String, answer: Answer) {
        let sku = "TEST-\(UUID().uuidString.prefix(13))"
        let answer = try await self.http.keyed.post("/v1/products", Self.product(sku, price: .money(price), stock: .number(stock)))
        try #require(answer.status == 201, "\(answer.text)")
        return (sku, answer)
    }

    static func product(_ sku: String, price: JSON, stock: JSON) -> JSON {
        ["sku": .string(sku), "name": "Test product", "description": "For the tests", "price": price, "stock": stock]
    }

    /// What the product's page shows as left to sell.
    func available(_ sku: String, readAfter token: String? = nil) async throws -> Int64 {
        let answer = try await self.http.with("Souk-Read-After", token).get("/v1/products/\(sku)")
        return try #require(answer.json["available"].number)
    }

    func ship(_ order: String) async throws -> Answer {
        try await self.http.keyed.post("/v1/orders/\(order)/shipments", ["carrier": "Camel Express", "tracking_number": "CE-1"])
    }

    func deliver(_ order: String) async throws -> Answer {
        try await self.http.post("/v1/orders/\(order)/delivery")
    }

    func refund(_ order: String, _ amount: Int64?, key: String? = UUID().uuidString) async throws -> Answer {
        var body: JSON = ["reason": "damaged"]
        if let amount, case .object(var members) = body {
            members["amount"] = .money(amount)
            body = .object(members)
        }
        return try await self.http.with("Idempotency-Key", key).post("/v1/orders/\(order)/refunds", body)
    }
}
