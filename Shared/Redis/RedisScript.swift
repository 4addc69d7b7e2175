/// A Lua script with the name under which Redis caches it.
///
/// Make one `static let` per script, so that the digest is computed once.
public struct RedisScript: Sendable, Hashable {
    /// The Lua source.
    public let source: String
    /// The SHA-1 of the source in hexadecimal: what `EVALSHA` wants.
    public let digest: String

    /// Creates a script from its source.
    public init(_ source: String) {
        self.source = source
        self.digest = SHA1Digest.hexadecimal(of: Array(source.utf8))
    }
}
