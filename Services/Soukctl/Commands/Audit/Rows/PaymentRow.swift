/// What the payments' database says about the money of one payment.
package struct PaymentRow: Sendable, Hashable {
    package var order: String
    package var status: String
    package var authorized: Int64
    package var captured: Int64
    package var refunded: Int64
    package var currency: String

    package init(
        order: String,
        status: String,
        authorized: Int64,
        captured: Int64,
        refunded: Int64,
        currency: String = "GBP"
    ) {
        self.order = order
        self.status = status
        self.authorized = authorized
        self.captured = captured
        self.refunded = refunded
        self.currency = currency
    }
}
