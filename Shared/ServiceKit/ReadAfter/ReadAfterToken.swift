import Auth
import Crypto
import FoundationEssentials

/// A place in a database's history, after which a client wants to read: the header `Souk-Read-After`.
///
/// `<service>.<epoch>.<lsn>.<signature>`. Signed, so that nobody can make a service wait for a place that never comes.
public struct ReadAfterToken: Sendable, Hashable {
    /// Whose database.
    public let service: String
    /// Which line of its history: the timeline, which changes at a failover.
    public let epoch: UInt32
    /// Where on it: the write-ahead log's position.
    public let position: UInt64

    /// Creates a token.
    public init(service: String, epoch: UInt32, position: UInt64) {
        self.service = service
        self.epoch = epoch
        self.position = position
    }

    /// Reads a token of ours.
    ///
    /// - Parameters:
    ///   - text: The header.
    ///   - secret: The key, the same for all instances.
    /// - Returns: nil if it is not one of ours.
    public init?(text: String, secret: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, let epoch = UInt32(parts[1], radix: 16), let position = UInt64(parts[2], radix: 16),
            let mac = Base64URL.decode(parts[3].utf8)
        else { return nil }
        self.init(service: String(parts[0]), epoch: epoch, position: position)
        let code = Self.code(for: self.content, secret: secret)
        // In constant time, as a comparison with a secret has to be.
        guard mac.count == code.count, zip(mac, code).reduce(0, { $0 | ($1.0 ^ $1.1) }) == 0 else { return nil }
    }

    /// The header's text.
    public func text(secret: String) -> String {
        "\(self.content).\(Base64URL.encode(Self.code(for: self.content, secret: secret)))"
    }

    private var content: String {
        "\(self.service).\(String(self.epoch, radix: 16)).\(String(self.position, radix: 16))"
    }

    /// 128 bits of HMAC-SHA-256.
    private static func code(for content: String, secret: String) -> [UInt8] {
        let key = SymmetricKey(data: Data(secret.utf8))
        return Array(HMAC<SHA256>.authenticationCode(for: Data(content.utf8), using: key).prefix(16))
    }
}
