/// The body of `POST /v1/payment_intents`.
struct IntentRequest: Decodable {
    let amount: Int64
    let currency: String
    let paymentMethod: String
    let metadata: [String: String]?

    private enum CodingKeys: String, CodingKey {
        case amount, currency, metadata
        case paymentMethod = "payment_method"
    }
}
