public import Commerce

/// What the rest of the shop is told when an order has moved.
public enum SagaFact: Hashable, Sendable {
    case confirmed
    case cancelled(CancelReason)
    case shipped
    case delivered
    case refunded(RefundID, amount: Money, inFull: Bool)
}
