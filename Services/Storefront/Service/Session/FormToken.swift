import Auth
import Crypto
import FoundationEssentials

/// The token in every form, by which the shop knows its own forms (CSRF): a keyed hash of the session's name.
///
/// It is masked with new random bytes each time, so that equal tokens never look alike. A visitor who is not logged in has
/// a session too, so that nobody can be logged in to somebody else's account by a foreign page.
struct FormToken: Sendable {
    private static let size = 32
    private let keys: [SymmetricKey]

    /// - Parameter keys: The first one makes tokens, all of them are recognized.
    init(keys: [SymmetricKey]) {
        self.keys = keys
    }

    /// A token for a session's forms.
    func make(for session: Session) -> String {
        var generator = SystemRandomNumberGenerator()
        let mask = (0..<Self.size).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        return Base64URL.encode(mask + zip(mask, Self.code(session.id, self.keys[0])).map { $0 ^ $1 })
    }

    /// Whether a token belongs to the session.
    func isValid(_ text: String, for session: Session) -> Bool {
        guard let bytes = Base64URL.decode(text.utf8), bytes.count == 2 * Self.size else { return false }
        let code = zip(bytes.prefix(Self.size), bytes.suffix(Self.size)).map { $0 ^ $1 }
        return self.keys.contains { key in
            // In constant time, as a comparison with a secret has to be.
            zip(code, Self.code(session.id, key)).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
        }
    }

    private static func code(_ id: String, _ key: SymmetricKey) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Data(id.utf8), using: key))
    }
}
