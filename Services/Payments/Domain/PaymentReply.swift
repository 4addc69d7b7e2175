public import Commerce

/// The answer to a command.
public enum PaymentReply: Sendable, Hashable {
    case authorized(Money)
    case declined(reason: String)
    case captured(Money)
    case voided
    case refunded(RefundID, Money)
    case failed(ProviderOperation, reason: String, refundID: RefundID? = nil)
}
