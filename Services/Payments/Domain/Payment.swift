public import Commerce

/// The payment of one order.
public struct Payment: Sendable, Hashable {
    public let id: PaymentID
    public let orderID: OrderID
    public var status: PaymentStatus
    /// What is to be paid: the amount of the authorization, zero for a payment that was voided before it began.
    public var amount: Money
    public var captured: Money
    public var refunded: Money

    public init(
        id: PaymentID,
        orderID: OrderID,
        status: PaymentStatus,
        amount: Money,
        captured: Money? = nil,
        refunded: Money? = nil
    ) {
        self.id = id
        self.orderID = orderID
        self.status = status
        self.amount = amount
        self.captured = captured ?? .zero(amount.currency)
        self.refunded = refunded ?? .zero(amount.currency)
    }

    /// What the provider holds or held for us: nothing before the authorization and where there was none.
    public var authorized: Money {
        switch self.status {
        case .authorizing, .declined: .zero(self.amount.currency)
        case .authorized, .captured, .partiallyRefunded, .refunded, .voided, .failed: self.amount
        }
    }

    /// What may still be given back.
    public var refundable: Int64 { self.captured.amount - self.refunded.amount }
}
