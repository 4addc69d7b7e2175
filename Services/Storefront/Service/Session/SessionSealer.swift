import Auth
import Crypto
import FoundationEssentials
import ServiceKit

/// Seals sessions for the cookie: AES-256-GCM, so that a visitor can neither read nor change nor make one.
///
/// The first key seals, every key opens: to rotate, put a new key in front, and take the old one away after the cookies'
/// lifetime. The sealed text is `<version>.<key>.<nonce, ciphertext and tag>`; version and key are authenticated with it.
struct SessionSealer: Sendable {
    /// How long a cookie is good after it was sealed, in seconds.
    static let lifetime: Int64 = 30 * 86_400

    private struct Key: Sendable {
        var name: String
        var key: SymmetricKey
    }

    private struct Sealed: Codable {
        var at: Int64
        var session: Session

        private enum CodingKeys: String, CodingKey {
            case at = "t"
            case session = "s"
        }
    }

    private let keys: [Key]

    /// - Parameter secrets: Texts of 32 characters or more, separated by commas.
    /// - Throws: ``ConfigurationError`` if there is none, or one is too short.
    init(secrets: String) throws(ConfigurationError) {
        let texts = secrets.split(separator: ",").map { $0.drop(while: \.isWhitespace) }
        guard !texts.isEmpty, texts.allSatisfy({ $0.utf8.count >= 32 }) else {
            throw ConfigurationError("SESSION_KEYS cannot be used. It must be \(StorefrontSettings.sessionKeys.expectation).")
        }
        self.keys = texts.map { text in
            let secret = SymmetricKey(data: Data(text.utf8))
            let key = HKDF<SHA256>.deriveKey(inputKeyMaterial: secret, info: Data("souk-storefront session v1".utf8), outputByteCount: 32)
            let name = HMAC<SHA256>.authenticationCode(for: Data("souk-storefront key name".utf8), using: secret)
            return Key(name: Base64URL.encode(name.prefix(6)), key: key)
        }
    }

    /// A key of another purpose, from the newest secret.
    func derived(_ purpose: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: self.keys[0].key, info: Data(purpose.utf8), outputByteCount: 32)
    }

    /// Keys of another purpose, from all secrets, the newest first.
    func allDerived(_ purpose: String) -> [SymmetricKey] {
        self.keys.map { HKDF<SHA256>.deriveKey(inputKeyMaterial: $0.key, info: Data(purpose.utf8), outputByteCount: 32) }
    }

    /// The cookie's text.
    func seal(_ session: Session, now: Int64) throws -> String {
        let key = self.keys[0]
        let prefix = "1.\(key.name)"
        let bytes = try JSONCoding.bytes(Sealed(at: now, session: session))
        let box = try AES.GCM.seal(bytes, using: key.key, authenticating: Data(prefix.utf8))
        return "\(prefix).\(Base64URL.encode(box.combined ?? Data()))"
    }

    /// The session in a cookie; nil if it is not one of ours, was changed, or is too old.
    func open(_ text: String, now: Int64) -> Session? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "1", let key = self.keys.first(where: { $0.name == parts[1] }),
            let bytes = Base64URL.decode(parts[2].utf8),
            let box = try? AES.GCM.SealedBox(combined: bytes),
            let plain = try? AES.GCM.open(box, using: key.key, authenticating: Data("1.\(key.name)".utf8)),
            let sealed = try? JSONCoding.decoder.decode(Sealed.self, from: plain),
            now - sealed.at < Self.lifetime
        else { return nil }
        return sealed.session
    }
}
