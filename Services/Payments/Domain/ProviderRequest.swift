public import Commerce

/// A call to make to the provider, decided but not yet made.
public struct ProviderRequest: Sendable, Hashable {
    public let operation: ProviderOperation
    public let amount: Money
    /// Of a refund.
    public let refundID: RefundID?

    public init(_ operation: ProviderOperation, amount: Money, refundID: RefundID? = nil) {
        self.operation = operation
        self.amount = amount
        self.refundID = refundID
    }
}
