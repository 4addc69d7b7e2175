package import PaymentsDomain

/// The payment provider, as payments needs it.
package protocol PaymentGateway: Sendable {
    /// Hands a card over and gets a token for it.
    ///
    /// - Parameter key: The Idempotency-Key; the same key and card give the same token.
    /// - Throws: ``GatewayError``: `refused` with the provider's code for a wrong card.
    func register(_ card: CardDetails, key: String) async throws -> ProviderMethod

    /// Makes a call that moves money, under its own Idempotency-Key.
    ///
    /// - Throws: When there is no definite answer, so that the call has to be made again.
    func perform(_ call: ProviderCall, _ operation: ProviderOperation) async throws -> GatewayAnswer

    /// How an intent stands in the provider's books; nil where it knows none.
    func intent(_ id: String) async throws -> ProviderView?

    /// The provider's journal after a line, oldest first.
    ///
    /// - Parameters:
    ///   - sequence: The number of that line; 0 for the beginning.
    ///   - limit: The most lines.
    func journal(after sequence: Int64, limit: Int) async throws -> [ProviderJournalLine]
}
