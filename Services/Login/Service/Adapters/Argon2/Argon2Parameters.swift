/// The cost of a hash: OWASP's first recommendation for Argon2id (Password Storage Cheat Sheet, 2024).
public struct Argon2Parameters: Sendable, Hashable {
    /// Memory in KiB.
    public var memory: UInt32 = 19_456
    /// Passes over the memory.
    public var iterations: UInt32 = 2
    /// Lanes.
    public var parallelism: UInt32 = 1
    /// Bytes of the salt.
    public var saltLength = 16
    /// Bytes of the hash.
    public var hashLength = 32

    /// The recommended parameters.
    public init() {}

    /// How a hash of these parameters begins.
    var prefix: String { "$argon2id$v=19$m=\(self.memory),t=\(self.iterations),p=\(self.parallelism)$" }
}
