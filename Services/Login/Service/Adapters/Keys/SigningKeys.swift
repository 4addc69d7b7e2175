import Auth
import LoginDomain
import ServiceKit
import Synchronization

/// The signing keys as this instance knows them, read again and again.
final class SigningKeys: Sendable {
    /// How often they are read again: long before a key that another instance made begins to sign.
    static let interval = Duration.seconds(30)

    private struct State {
        var keys: [SigningKey] = []
        var document: [UInt8] = []
    }

    private struct Document: Encodable {
        var keys: [PublishedKey]
    }

    private let store: SigningKeyStore
    private let schedule: SigningKeySchedule
    private let state = Mutex(State())

    init(store: SigningKeyStore, schedule: SigningKeySchedule) {
        self.store = store
        self.schedule = schedule
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
}
