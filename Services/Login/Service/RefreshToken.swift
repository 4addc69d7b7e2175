import Auth
import Crypto

/// A secret of 256 random bits that buys the next pair of tokens. Only its hash is stored: it has too much randomness to
/// be guessed, so a fast hash is enough.
struct RefreshToken: Sendable {
    /// What the client holds.
    let text: String

    static func random() -> RefreshToken {
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
        return RefreshToken(text: "rt_" + Base64URL.encode(bytes))
    }

    /// What is stored.
    var hash: [UInt8] { Array(SHA256.hash(data: Array(self.text.utf8))) }
}
