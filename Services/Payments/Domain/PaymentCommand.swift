public import Commerce

/// What order-tracking wants done with a payment. Sent again, it has the same id.
public struct PaymentCommand: Sendable, Hashable {
    public enum Action: Sendable, Hashable {
        case authorize(Money)
        case capture(Money)
        case void
        case refund(RefundID, Money)
    }

    /// The command's identity: one id, one effect, one outcome.
    public let id: String
    public let orderID: OrderID
    public let paymentID: PaymentID
    public let action: Action

    public init(id: String, orderID: OrderID, paymentID: PaymentID, action: Action) {
        self.id = id
        self.orderID = orderID
        self.paymentID = paymentID
        self.action = action
    }

    /// The step of the provider's API that the command asks for.
    public var operation: ProviderOperation {
        switch self.action {
        case .authorize: .authorize
        case .capture: .capture
        case .void: .void
        case .refund: .refund
        }
    }
}
