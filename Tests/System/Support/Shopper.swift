import Foundation
import Testing

/// Somebody who is logged in and buys: register, fill, pay, order, wait.
struct Shopper: Sendable {
    static let password = "correct horse battery staple"

    let email: String
    let http: HTTP

    /// A new customer, logged in.
    static func register() async throws -> Shopper {
        let http = try HTTP.shop()
        let email = "shopper-\(UUID().uuidString.lowercased())@test.example"
        let account = try await http.keyed.post(
            "/v1/accounts",
            ["email": .string(email), "password": .string(Self.password), "name": "Test Shopper"]
        )
        try #require(account.status == 201)
        return Shopper(email: email, http: http.with("Authorization", "Bearer \(try await Self.token(email, http))"))
    }

    private static func token(_ email: String, _ http: HTTP) async throws -> String {
        let session = try await http.keyed.post("/v1/sessions", ["email": .string(email), "password": .string(Self.password)])
        try #require(session.status == 201)
        return try #require(session.json["access_token"].string)
    }

    /// Puts something into the cart.
    func fill(_ sku: String, _ quantity: Int64 = 1) async throws {
        let answer = try await self.http.keyed.post("/v1/cart/items", ["sku": .string(sku), "quantity": .number(quantity)])
        try #require(answer.status == 200)
    }

    /// Adds a payment method.
    ///
    /// - Returns: Its id.
    func pay(with card: String = Card.approved) async throws -> String {
        let answer = try await self.http.keyed.post("/v1/payment-methods", ["card": Self.card(card)])
        try #require(answer.status == 201)
        return try #require(answer.json["id"].string)
    }

    static func card(_ number: String, year: Int64 = 2040) -> JSON {
        ["number": .string(number), "exp_month": 12, "exp_year": .number(year), "cvc": "123"]
    }

    /// Sends the order. Whatever the shop says is returned.
    func place(_ paymentMethod: String, key: String? = UUID().uuidString, wait: Int? = nil) async throws -> Answer {
        try await self.http
            .with("Idempotency-Key", key)
            .with("Prefer", wait.map { "wait=\($0)" })
            .post("/v1/orders", Self.order(paymentMethod))
    }

    static func order(_ paymentMethod: String, city: String = "Souk") -> JSON {
        [
            "payment_method": .string(paymentMethod),
            "shipping_address": [
                "name": "Test Shopper", "line1": "1 Bazaar Lane", "city": .string(city), "postcode": "SK1 1AA", "country": "GB",
            ],
        ]
    }

    /// Fills the cart, pays and orders.
    ///
    /// - Returns: The order's id.
    func buy(_ sku: String, _ quantity: Int64 = 1, card: String = Card.approved) async throws -> String {
        let paymentMethod = try await self.pay(with: card)
        try await self.fill(sku, quantity)
        let answer = try await self.place(paymentMethod)
        try #require(answer.status == 201, "\(answer.text)")
        return try #require(answer.json["id"].string)
    }

    func order(_ id: String) async throws -> JSON {
        let answer = try await self.http.get("/v1/orders/\(id)")
        try #require(answer.status == 200)
        return answer.json
    }

    /// Waits until the order has one of these states.
    @discardableResult
    func await(_ id: String, _ statuses: String..., within bound: Duration = .seconds(120)) async throws -> JSON {
        try await poll("the order \(id) is \(statuses.joined(separator: " or "))", within: bound) {
            let order = try await self.order(id)
            return statuses.contains(order["status"].string ?? "") ? order : nil
        }
    }

    /// The payment of an order, as the shop shows it.
    func payment(of order: String) async throws -> JSON {
        let answer = try await self.http.get("/v1/payments?order_id=\(order)")
        try #require(answer.status == 200)
        return answer.json["items"].array.first ?? answer.json
    }
}
