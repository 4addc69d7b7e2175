import Auth
import Crypto
import FoundationEssentials

/// The answer to a refresh that is sent twice under one Idempotency-Key: the same next token, for a short while.
///
/// A client whose requests run side by side, or whose answer was lost on the way, shows a refresh token a second time and
/// is no thief. What tells it from one is the key, which never left the client. The next token is computed from both under
/// a secret, so nothing that could be stolen has to be stored.
struct RefreshReplay: Sendable {
    private let key: SymmetricKey
    /// How long after its use a token is answered again, in seconds.
    let window: Int64

    /// - Parameter secret: The same for all instances; without one nothing is answered twice.
    init?(secret: String, window: Int64) {
        guard !secret.isEmpty, window > 0 else { return nil }
        self.key = HKDF<SHA256>.deriveKey(
            inputKeyMaterial: SymmetricKey(data: Data(secret.utf8)), info: Data("souk-login refresh replay v1".utf8), outputByteCount: 32)
        self.window = window
    }

    /// The token that follows another one under a key.
    func next(after token: RefreshToken, key: String) -> RefreshToken {
        RefreshToken(
            text: "rt_" + Base64URL.encode(HMAC<SHA256>.authenticationCode(for: Data("\(token.text)\n\(key)".utf8), using: self.key)))
    }

    /// What is stored of a key.
    func hash(_ key: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Data("key\n\(key)".utf8), using: self.key))
    }
}
