import Commerce
package import PaymentsDomain
package import Postgres

/// A payment with what the database keeps beside it.
package struct PaymentRecord: Sendable {
    package var payment: Payment
    /// Rises with every event about the payment.
    package var version: Int64
    package var providerToken: String?
    package var providerIntent: String?

    package init(_ payment: Payment, version: Int64, providerToken: String? = nil, providerIntent: String? = nil) {
        self.payment = payment
        self.version = version
        self.providerToken = providerToken
        self.providerIntent = providerIntent
    }

    /// The columns that ``init(_:)`` reads.
    package static let columns =
        "id, order_id, status, currency, authorized, captured, refunded, version, provider_token, provider_intent"

    /// Reads a row of ``columns``.
    package init(_ row: PostgresRow) throws {
        let (id, order, status, code, amount, captured, refunded, version, token, intent) = try row.decode(
            (String, String, String, String, Int64, Int64, Int64, Int64, String?, String?).self
        )
        guard let status = PaymentStatus(rawValue: status) else {
            throw PostgresError(.decoding, "No such payment status")
        }
        let currency = try Currency(code)
        let payment = Payment(
            id: try PaymentID(id),
            orderID: try OrderID(order),
            status: status,
            amount: Money(amount: amount, currency: currency),
            captured: Money(amount: captured, currency: currency),
            refunded: Money(amount: refunded, currency: currency)
        )
        self.init(payment, version: version, providerToken: token, providerIntent: intent)
    }
}
