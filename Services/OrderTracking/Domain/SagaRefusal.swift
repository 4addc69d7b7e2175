import Commerce

/// A person's request that the order's state forbids.
public struct SagaRefusal: Error, Hashable, Sendable {
    /// Which rule forbids it.
    public enum Rule: String, Hashable, Sendable {
        /// Shipped, delivered, refunded or already cancelled.
        case notCancellable = "order-not-cancellable"
        /// Only a confirmed order is shipped.
        case notShippable = "order-not-shippable"
        /// Only a shipped order is delivered.
        case notDeliverable = "order-not-deliverable"
        /// Nothing has been captured, nor is being captured.
        case notRefundable = "order-not-refundable"
        /// More than what was captured and not yet refunded.
        case refundTooLarge = "refund-too-large"
    }

    /// Which rule forbids it.
    public let rule: Rule
    /// A sentence for a person.
    public let detail: String

    private init(_ rule: Rule, _ detail: String) {
        self.rule = rule
        self.detail = detail
    }
}

extension SagaRefusal {
    static func notCancellable(_ order: OrderSaga) -> SagaRefusal {
        let isOver = order.status == .cancelled
        let detail = isOver ? "The order is cancelled already." : "The order has been shipped; it can only be returned for a refund."
        return SagaRefusal(.notCancellable, detail)
    }

    static func notShippable(_ order: OrderSaga) -> SagaRefusal {
        SagaRefusal(.notShippable, "Only a confirmed order can be shipped; this one is \(order.status.rawValue).")
    }

    static func notDeliverable(_ order: OrderSaga) -> SagaRefusal {
        SagaRefusal(.notDeliverable, "Only a shipped order can be delivered; this one is \(order.status.rawValue).")
    }

    static func notRefundable(_ order: OrderSaga) -> SagaRefusal {
        guard order.isPaid else {
            return SagaRefusal(.notRefundable, "Nothing has been taken for this order, so there is nothing to refund.")
        }
        return SagaRefusal(.refundTooLarge, "At most \(order.refundable.amount) can still be refunded, in minor units.")
    }
}
