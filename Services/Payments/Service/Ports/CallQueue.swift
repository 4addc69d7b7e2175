package import PaymentsDomain

/// Where intended calls wait and where their ends are written down.
package protocol CallQueue: Sendable {
    /// Takes calls that are due, for this instance alone until the lease is over.
    func claim(limit: Int, lease: Duration) async throws -> [ProviderCall]

    /// Writes a definite answer down, with all that follows from it, in one transaction.
    func settle(_ call: ProviderCall, _ operation: ProviderOperation, _ answer: GatewayAnswer) async throws

    /// Writes down how the provider's books have a payment.
    func inspected(_ call: ProviderCall, _ view: ProviderView?) async throws

    /// Gives a call back without an answer, to be made again with the same key.
    func postpone(_ call: ProviderCall, by delay: Duration, reason: String) async throws

    /// The calls that are not closed, and the age of the oldest in seconds.
    func backlog() async throws -> (open: Int, oldestSeconds: Double)
}
