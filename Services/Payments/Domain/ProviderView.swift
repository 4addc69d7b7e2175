import Commerce

/// A payment as the provider's books have it.
public struct ProviderView: Sendable, Hashable {
    public enum Status: String, Sendable, Hashable {
        case requiresCapture = "requires_capture"
        case declined
        case succeeded
        case canceled
    }

    public let status: Status
    /// Minor units of the payment's currency.
    public let captured: Int64
    public let refunded: Int64

    public init(status: Status, captured: Int64, refunded: Int64) {
        self.status = status
        self.captured = captured
        self.refunded = refunded
    }

    /// Whether it says the same as our own books. Only asked while no call of the payment is open.
    public func agrees(with payment: Payment) -> Bool {
        switch payment.status {
        case .authorizing: false
        case .authorized: self.status == .requiresCapture
        case .declined: self.status == .declined
        case .voided: self.status == .canceled
        case .captured, .partiallyRefunded, .refunded:
            self.status == .succeeded && self.captured == payment.captured.amount && self.refunded == payment.refunded.amount
        // A person has to look already.
        case .failed: true
        }
    }
}
