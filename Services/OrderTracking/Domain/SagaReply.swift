public import Commerce

/// What another service answered, or the passing of time. Late and double answers change nothing.
public enum SagaReply: Hashable, Sendable {
    case stockReserved
    case stockRejected(detail: String)
    case stockReleased
    case stockCommitted
    case paymentAuthorized
    case paymentDeclined(reason: String)
    case paymentVoided
    case paymentCaptured(Money)
    case captureFailed(reason: String)
    case paymentRefunded(RefundID, amount: Money)
    case refundFailed(RefundID, reason: String)
    /// The step that the order is in was not answered before its deadline.
    case stepTimedOut
}
