/// The body of `POST /v1/refunds`.
struct RefundRequest: Decodable {
    let paymentIntent: String
    let amount: Int64?

    private enum CodingKeys: String, CodingKey {
        case amount
        case paymentIntent = "payment_intent"
    }
}
