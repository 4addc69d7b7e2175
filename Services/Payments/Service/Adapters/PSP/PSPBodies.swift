// The provider's JSON, as far as it is needed here.

struct PSPCardRequest: Encodable {
    let card: CardDetails
}

struct PSPIntentRequest: Encodable {
    let amount: Int64
    let currency: String
    let paymentMethod: String
    let metadata: [String: String]

    private enum CodingKeys: String, CodingKey {
        case amount, currency, metadata
        case paymentMethod = "payment_method"
    }
}

struct PSPAmountRequest: Encodable {
    let amount: Int64
}

struct PSPRefundRequest: Encodable {
    let paymentIntent: String
    let amount: Int64

    private enum CodingKeys: String, CodingKey {
        case amount
        case paymentIntent = "payment_intent"
    }
}

struct PSPIntent: Decodable {
    let id: String
    let status: String
    let amountCaptured: Int64
    let amountRefunded: Int64
    let declineCode: String?

    private enum CodingKeys: String, CodingKey {
        case id, status
        case amountCaptured = "amount_captured"
        case amountRefunded = "amount_refunded"
        case declineCode = "decline_code"
    }
}

struct PSPRefund: Decodable {
    let id: String
}

struct PSPError: Decodable {
    struct Content: Decodable {
        let type: String
        let code: String
    }

    let error: Content
}
