/// One line of the provider's journal, as far as it is about money.
package struct ProviderJournalLine: Sendable, Hashable {
    /// Its number: dense, from 1.
    package var sequence: Int64
    /// `authorized`, `captured`, `voided`, `refunded`, or something else that moves no money.
    package var type: String
    package var intent: String?
    package var paymentID: String?
    package var orderID: String?
    /// Minor units.
    package var amount: Int64

    package init(sequence: Int64, type: String, intent: String?, paymentID: String?, orderID: String?, amount: Int64) {
        self.sequence = sequence
        self.type = type
        self.intent = intent
        self.paymentID = paymentID
        self.orderID = orderID
        self.amount = amount
    }
}
