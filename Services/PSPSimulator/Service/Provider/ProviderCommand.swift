/// One request to the provider, with everything that is not decided by its state: time, a fresh id, the key.
package struct ProviderCommand: Sendable {
    package enum Operation: Sendable {
        case createPaymentMethod(CardDetails)
        case authorize(Authorization)
        /// Nil captures everything that was authorized. The rest of a partial capture goes back to the card.
        case capture(intent: String, amount: Int64?)
        case void(intent: String)
        /// Nil refunds everything that was captured and not yet refunded.
        case refund(intent: String, amount: Int64?)
    }

    package struct Authorization: Sendable {
        package let amount: Int64
        package let currency: String
        package let paymentMethod: String
        package let orderID: String?
        package let paymentID: String?

        package init(amount: Int64, currency: String, paymentMethod: String, orderID: String?, paymentID: String?) {
            self.amount = amount
            self.currency = currency
            self.paymentMethod = paymentMethod
            self.orderID = orderID
            self.paymentID = paymentID
        }
    }

    package let operation: Operation
    /// The client's Idempotency-Key.
    package let key: String?
    /// A digest of method, path and body under a secret: tells the same request from another one with the same key.
    package let fingerprint: String
    /// RFC 3339, UTC.
    package let at: String
    package let today: YearMonth
    /// Random characters for the id of whatever this command creates.
    package let freshID: String

    package init(
        _ operation: Operation,
        key: String?,
        fingerprint: String,
        at: String,
        today: YearMonth,
        freshID: String
    ) {
        self.operation = operation
        self.key = key
        self.fingerprint = fingerprint
        self.at = at
        self.today = today
        self.freshID = freshID
    }
}
