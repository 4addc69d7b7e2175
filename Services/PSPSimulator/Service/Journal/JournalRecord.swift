/// One line of the journal: a thing the provider did, or refused for good under a key.
///
/// The journal is the provider's whole memory, and what an auditor compares the shop with.
package struct JournalRecord: Codable, Sendable, Hashable {
    package enum Kind: String, Codable, Sendable {
        case paymentMethod = "payment_method"
        case authorized, declined, captured, voided, refunded, refused
    }

    package let sequence: Int64
    package let at: String
    package let type: Kind
    package var orderID: String?
    package var paymentID: String?
    package var paymentIntent: String?
    package var paymentMethod: String?
    package var refund: String?
    package var amount: Int64?
    package var currency: String?
    package var declineCode: String?
    package var card: AcceptedCard?
    package var refusal: ProviderRefusal?
    package var idempotencyKey: String?
    package var fingerprint: String?

    private enum CodingKeys: String, CodingKey {
        case sequence = "seq"
        case at, type, refund, amount, currency, card, refusal, fingerprint
        case orderID = "order_id"
        case paymentID = "payment_id"
        case paymentIntent = "payment_intent"
        case paymentMethod = "payment_method"
        case declineCode = "decline_code"
        case idempotencyKey = "idempotency_key"
    }

    package init(sequence: Int64, type: Kind, command: ProviderCommand) {
        self.sequence = sequence
        self.at = command.at
        self.type = type
        self.idempotencyKey = command.key
        self.fingerprint = command.key == nil ? nil : command.fingerprint
    }

    /// Fills in which intent, and for whom, this line is about.
    package mutating func describe(_ intent: PaymentIntent, amount: Int64) {
        self.paymentIntent = intent.id
        self.orderID = intent.orderID
        self.paymentID = intent.paymentID
        self.currency = intent.currency
        self.amount = amount
    }
}
