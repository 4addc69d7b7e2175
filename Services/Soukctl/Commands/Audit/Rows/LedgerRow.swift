/// One entry of the double-entry ledger with its transaction.
package struct LedgerRow: Sendable, Hashable {
    /// Whether an entry counts or is only promised.
    package enum Layer: Sendable, Hashable {
        case posted, pending
    }

    package var transaction: String
    package var order: String
    package var account: String
    package var layer: Layer
    /// Minor units; debits positive, credits negative.
    package var amount: Int64
    package var currency: String

    package init(transaction: String, order: String, account: String, layer: Layer, amount: Int64, currency: String = "GBP") {
        self.transaction = transaction
        self.order = order
        self.account = account
        self.layer = layer
        self.amount = amount
        self.currency = currency
    }
}
