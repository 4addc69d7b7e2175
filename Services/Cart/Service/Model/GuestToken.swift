import Crypto

/// What a guest's cart is found by: 256 random bits that only the guest's client knows. The database keeps their hash.
struct GuestToken: Hashable, Sendable {
    /// What travels in `Souk-Cart`.
    let text: String

    /// Takes a token as it came; `nil` for what cannot be one.
    init?(_ text: String) {
        guard text.utf8.count == 64, text.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }) else { return nil }
        self.text = text
    }

    private init(random: [UInt8]) {
        self.text = random.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    /// A new token.
    static func make() -> GuestToken {
        var generator = SystemRandomNumberGenerator()
        return GuestToken(random: (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    /// SHA-256 of the token.
    var hash: [UInt8] { Array(SHA256.hash(data: Array(self.text.utf8))) }
}
