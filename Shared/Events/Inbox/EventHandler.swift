public import Postgres

/// What a service does with the events it hears.
public protocol EventHandler: Sendable {
    /// The types that are handled; all others are passed over.
    var handledTypes: Set<String> { get }

    /// Applies an event's effects, all of them in the given transaction.
    ///
    /// The consumer's position moves in the same transaction, so an event is applied exactly once however often it comes.
    /// It may be called again after a failure, so it must not do anything that the transaction does not take back: what has
    /// to be done elsewhere (an e-mail, a provider's API) is written down as a row and done by somebody else.
    ///
    /// - Throws: Any error rolls the event back. Errors of the infrastructure are tried again for ever; others a few times,
    ///   then the event is parked with the later ones of its aggregate.
    func handle(_ event: EventEnvelope, in transaction: PostgresTransaction) async throws

    /// Whether an error passes by itself, so that the event must be tried again for ever and never parked.
    ///
    /// Asked for errors that are not known to be of the infrastructure already. Defaults to false.
    func isTransient(_ error: any Error) -> Bool
}

extension EventHandler {
    public func isTransient(_ error: any Error) -> Bool { false }
}
