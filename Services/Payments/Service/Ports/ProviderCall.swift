package import Commerce
package import PaymentsDomain

/// A call to the provider that was decided and written down before it is made.
package struct ProviderCall: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// Moves money, or promises it.
        case money(ProviderOperation)
        /// Asks how an intent stands.
        case inspect
    }

    /// The Idempotency-Key, the same at every try.
    package let id: String
    package let kind: Kind
    package let paymentID: String
    package let orderID: String
    package let amount: Money
    package let refundID: RefundID?
    /// The provider's token of the payment method, for an authorization.
    package let providerToken: String?
    /// The provider's payment intent, for everything after the authorization.
    package let providerIntent: String?
    /// This try's number, from 1.
    package let attempt: Int
    /// The W3C trace context of the command that wants the call.
    package let traceparent: String?

    package init(
        id: String,
        kind: Kind,
        paymentID: String,
        orderID: String,
        amount: Money,
        refundID: RefundID? = nil,
        providerToken: String? = nil,
        providerIntent: String? = nil,
        attempt: Int = 1,
        traceparent: String? = nil
    ) {
        self.id = id
        self.kind = kind
        self.paymentID = paymentID
        self.orderID = orderID
        self.amount = amount
        self.refundID = refundID
        self.providerToken = providerToken
        self.providerIntent = providerIntent
        self.attempt = attempt
        self.traceparent = traceparent
    }

    /// How the kind is written in the database and in metrics.
    package var kindName: String {
        switch self.kind {
        case .money(let operation): operation.rawValue
        case .inspect: "inspect"
        }
    }
}
