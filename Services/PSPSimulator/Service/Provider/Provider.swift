import Foundation
import Synchronization

/// The provider at work: decides under a lock, and lets nobody see an answer before the journal has it on disk.
package final class Provider: Sendable {
    private let state: Mutex<ProviderState>
    private let journal: Journal
    private let announce: @Sendable (JournalRecord) -> Void

    /// Rebuilds the books from the journal's records.
    ///
    /// - Parameters:
    ///   - journal: Where new records go.
    ///   - records: What the journal held when it was opened.
    ///   - announce: Hears of each new record once it is on disk.
    package init(journal: Journal, records: [JournalRecord], announce: @escaping @Sendable (JournalRecord) -> Void = { _ in }) {
        var state = ProviderState()
        for record in records { state.apply(record) }
        self.state = Mutex(state)
        self.journal = journal
        self.announce = announce
    }

    /// Decides a command and does what it says.
    ///
    /// - Throws: ``JournalError`` when the journal cannot be written; the caller must not answer then.
    package func execute(_ command: ProviderCommand) async throws -> ProviderDecision {
        // The line is handed to the journal under the same lock, so that its order is the order of the decisions.
        let decision = try self.state.withLock { state in
            let decision = state.execute(command)
            if let record = decision.record {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
                try self.journal.append(try encoder.encode(record))
            }
            return decision
        }
        // Also for a replay: the first answer may still be on its way to the disk.
        try await self.journal.flushed()
        if let record = decision.record { self.announce(record) }
        return decision
    }

    /// An intent as it stands, once that is on disk.
    package func intent(_ id: String) async throws -> PaymentIntent? {
        let intent = self.state.withLock { $0.intent(id) }
        try await self.journal.flushed()
        return intent
    }

    /// The intents of an order, oldest first, once they are on disk.
    package func intents(ofOrder order: String) async throws -> [PaymentIntent] {
        let intents = self.state.withLock { $0.intents(ofOrder: order) }
        try await self.journal.flushed()
        return intents
    }
}
