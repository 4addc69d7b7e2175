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
        /// Nothing has been captured yet.
        case notRefundable = "order-not-refundable"
        /// More than what was captured and not yet refunded.
        case refundTooLarge = "refund-too-large"
    }

    /// Which rule forbids it.
    public let rule: Rule
    /// A sentence for a person.
    public let detail: String

    init(_ rule: Rule, _ detail: String) {
        self.rule = rule
        self.detail = detail
    }
}
