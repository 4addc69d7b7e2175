public import Commerce

/// What a person asks of an order. Unlike a reply, it is refused with a reason when the order's state forbids it.
public enum SagaRequest: Hashable, Sendable {
    case cancel
    case ship
    case deliver
    case refund(RefundID, amount: Money)
}
