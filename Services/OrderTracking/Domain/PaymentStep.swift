/// What the order has asked of payments, and what it was answered.
public enum PaymentStep: String, Hashable, Sendable, CaseIterable {
    case notAsked = "not_asked"
    case authorizing
    case authorized
    case declined
    case voiding
    case voided
    case capturing
    case captured
    /// The provider refuses the capture for good: a person must look.
    case captureFailed = "capture_failed"
}
