package import PaymentsDomain

/// A definite answer of the provider to a call that moves money.
package struct GatewayAnswer: Sendable, Hashable {
    package let outcome: ProviderOutcome
    /// The provider's id of what it made: the payment intent, or the refund.
    package let reference: String?

    package init(_ outcome: ProviderOutcome, reference: String? = nil) {
        self.outcome = outcome
        self.reference = reference
    }
}
