import Foundation

/// The provider's answers as JSON.
extension ProviderAnswer {
    /// The HTTP status and the body.
    func json() throws -> (status: Int, body: Data) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        switch self {
        case .paymentMethod(let id, let card):
            return (200, try encoder.encode(PaymentMethodView(id: id, card: card)))
        case .intent(let intent):
            return (200, try encoder.encode(IntentView(intent)))
        case .refund(let id, let intent, let amount, let currency):
            return (200, try encoder.encode(RefundView(id: id, intent: intent, amount: amount, currency: currency)))
        case .refused(let refusal):
            return (refusal.status, try encoder.encode(ErrorView(refusal)))
        case .failed:
            let refusal = ProviderRefusal(
                status: 503, type: "api_error", code: "provider_error", message: "Something went wrong on our side."
            )
            return (503, try encoder.encode(ErrorView(refusal)))
        }
    }
}

/// A payment method as clients see it.
struct PaymentMethodView: Encodable {
    let id: String
    let brand: String
    let last4: String
    let expMonth: Int
    let expYear: Int

    private enum CodingKeys: String, CodingKey {
        case id, brand, last4
        case expMonth = "exp_month"
        case expYear = "exp_year"
    }

    init(id: String, card: AcceptedCard) {
        self.id = id
        self.brand = card.brand
        self.last4 = card.last4
        self.expMonth = card.expMonth
        self.expYear = card.expYear
    }
}

/// A payment intent as clients see it.
struct IntentView: Encodable {
    let id: String
    let status: PaymentIntent.Status
    let amount: Int64
    let amountCaptured: Int64
    let amountRefunded: Int64
    let currency: String
    let paymentMethod: String
    let declineCode: String?
    let created: String
    let metadata: [String: String]

    private enum CodingKeys: String, CodingKey {
        case id, status, amount, currency, created, metadata
        case amountCaptured = "amount_captured"
        case amountRefunded = "amount_refunded"
        case paymentMethod = "payment_method"
        case declineCode = "decline_code"
    }

    init(_ intent: PaymentIntent) {
        self.id = intent.id
        self.status = intent.status
        self.amount = intent.amount
        self.amountCaptured = intent.captured
        self.amountRefunded = intent.refunded
        self.currency = intent.currency
        self.paymentMethod = intent.paymentMethod
        self.declineCode = intent.declineCode
        self.created = intent.created
        var metadata: [String: String] = [:]
        metadata["order_id"] = intent.orderID
        metadata["payment_id"] = intent.paymentID
        self.metadata = metadata
    }
}

/// A refund as clients see it.
struct RefundView: Encodable {
    let id: String
    let paymentIntent: String
    let amount: Int64
    let currency: String
    let status = "succeeded"

    private enum CodingKeys: String, CodingKey {
        case id, amount, currency, status
        case paymentIntent = "payment_intent"
    }

    init(id: String, intent: String, amount: Int64, currency: String) {
        self.id = id
        self.paymentIntent = intent
        self.amount = amount
        self.currency = currency
    }
}

/// An error as clients see it.
struct ErrorView: Encodable {
    struct Content: Encodable {
        let type: String
        let code: String
        let message: String
    }

    let error: Content

    init(_ refusal: ProviderRefusal) {
        self.error = Content(type: refusal.type, code: refusal.code, message: refusal.message)
    }
}

/// A list as clients see it.
struct ListView<Item: Encodable>: Encodable {
    let data: [Item]
}
