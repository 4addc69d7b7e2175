import Auth
import Logging
import LoginDomain
import ServiceKit
import Synchronization

/// The signing keys as this instance knows them, read again every half minute: long before a key that another instance
/// made begins to sign.
final class SigningKeys: Sendable {
    private struct State {
        var keys: [SigningKey] = []
        var document: [UInt8] = []
    }

    private struct Document: Encodable {
        var keys: [PublishedKey]
    }

    private let store: SigningKeyStore
    private let schedule: SigningKeySchedule
    private let logger: Logger
    private let state = Mutex(State())

    init(store: SigningKeyStore, schedule: SigningKeySchedule, logger: Logger) {
        self.store = store
        self.schedule = schedule
        self.logger = logger
    }

    /// The key that signs now.
    func current() throws -> SigningKey {
        let keys = self.state.withLock { $0.keys }
        let times = keys.map { SigningKeySchedule.Key(id: $0.id, activeAt: $0.activeAt) }
        guard let signing = self.schedule.signing(times, now: WallClock.seconds),
            let key = keys.first(where: { $0.id == signing.id })
        else { throw Problem.unavailable("No key to sign tokens with yet.") }
        return key
    }

    /// The JSON Web Key Set of all public keys.
    func published() throws -> [UInt8] {
        let document = self.state.withLock { $0.document }
        guard !document.isEmpty else { throw AuthError(.unavailable) }
        return document
    }

    /// Reads the keys, and makes and deletes what the schedule says.
    func refresh() async throws {
        let keys = try await self.store.load(self.schedule, now: WallClock.seconds)
        let document = try JSONCoding.bytes(Document(keys: keys.map(\.published)))
        self.state.withLock { $0 = State(keys: keys, document: document) }
    }

    /// Refreshes until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(30))
            if Task.isCancelled { return }
            do {
                try await self.refresh()
            } catch {
                self.logger.warning("The signing keys could not be read again", metadata: ["reason": "\(error)"])
            }
        }
    }
}
