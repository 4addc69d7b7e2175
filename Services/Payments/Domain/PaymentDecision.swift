/// What follows from a command.
public struct PaymentDecision: Sendable, Hashable {
    public enum Next: Sendable, Hashable {
        /// Answer now; the provider has no part in it.
        case reply(PaymentReply)
        /// Ask the provider, then answer.
        case call(ProviderRequest)
        /// Wait: an earlier command of this payment is not settled.
        case queue
    }

    /// The payment as it is to be stored; nil where none comes into being.
    public let payment: Payment?
    public let next: Next

    public init(_ payment: Payment?, _ next: Next) {
        self.payment = payment
        self.next = next
    }
}
