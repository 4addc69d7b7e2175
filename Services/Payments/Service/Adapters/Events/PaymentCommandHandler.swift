package import Events
package import Postgres

/// Takes order-tracking's commands from the log.
///
/// No provider is called here: what is to be asked of it is written down in the same transaction and done by ``CallWorker``.
package struct PaymentCommandHandler: EventHandler {
    package let handledTypes = ReceivedCommand.eventTypes
    private let processor: CommandProcessor

    package init(processor: CommandProcessor) {
        self.processor = processor
    }

    package func handle(_ event: EventEnvelope, in transaction: PostgresTransaction) async throws {
        guard let received = try ReceivedCommand(event) else { return }
        try await self.processor.receive(received, in: transaction)
    }
}
