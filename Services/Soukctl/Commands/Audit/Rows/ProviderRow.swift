/// One line of the provider's journal, as far as it is about an order's money.
package struct ProviderRow: Sendable, Hashable, Decodable {
    /// `authorized`, `declined`, `captured`, `voided`, `refunded`; others do not move money.
    package var type: String
    package var order: String?
    package var intent: String?
    package var amount: Int64?
    package var currency: String?

    package init(type: String, order: String?, intent: String?, amount: Int64?, currency: String? = "GBP") {
        self.type = type
        self.order = order
        self.intent = intent
        self.amount = amount
        self.currency = currency
    }

    private enum CodingKeys: String, CodingKey {
        case type, amount, currency
        case order = "order_id"
        case intent = "payment_intent"
    }
}
