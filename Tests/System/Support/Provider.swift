import Testing

/// What the payment provider itself knows.
struct Provider: Sendable {
    private let http: HTTP

    init() throws {
        let psp = try TestShop.load().psp
        self.http = HTTP(origin: psp.url).with("Authorization", "Bearer \(psp.api_key)")
    }

    /// Every charge it was asked for with an order.
    func charges(of order: String) async throws -> [JSON] {
        let answer = try await self.http.get("/v1/payment_intents?order_id=\(order)")
        try #require(answer.status == 200)
        return answer.json["data"].array
    }
}
