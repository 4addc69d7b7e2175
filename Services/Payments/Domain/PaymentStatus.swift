/// Where a payment stands.
public enum PaymentStatus: String, Sendable, Hashable, CaseIterable {
    /// The provider has been, or is about to be, asked.
    case authorizing
    /// The money is held for us, not yet taken.
    case authorized
    /// The provider, or we, said no. Nothing is held.
    case declined
    /// The money was taken.
    case captured
    /// Some of what was taken went back.
    case partiallyRefunded = "partially_refunded"
    /// All of what was taken went back.
    case refunded
    /// The hold was given back, or a void came before anything was held.
    case voided
    /// The provider refused a step for good: a person must look.
    case failed
}
