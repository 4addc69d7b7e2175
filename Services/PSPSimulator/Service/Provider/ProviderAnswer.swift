/// What the provider says, before it is JSON.
package enum ProviderAnswer: Sendable, Hashable {
    case paymentMethod(id: String, AcceptedCard)
    case intent(PaymentIntent)
    case refund(id: String, intent: String, amount: Int64, currency: String)
    case refused(ProviderRefusal)
    /// A failure of the provider itself: nothing was done, the client may try again.
    case failed
}
