import Crypto

/// Who tries to log in from where, without saying it: only hashes leave this process.
public struct LoginAttempt: Sendable, Hashable {
    /// Stands for the e-mail address.
    public let account: String
    /// Stands for the network address.
    public let address: String
    /// Whether this account has logged in from this address before.
    public let isKnownAddress: Bool

    /// Creates an attempt.
    public init(email: String, clientAddress: String, isKnownAddress: Bool) {
        self.account = Self.digest("account|" + email)
        self.address = Self.digest("address|" + clientAddress)
        self.isKnownAddress = isKnownAddress
    }

    /// What is stored of a network address.
    public static func addressHash(_ clientAddress: String) -> [UInt8] {
        Array(SHA256.hash(data: Array("address|\(clientAddress)".utf8)).prefix(16))
    }

    private static func digest(_ text: String) -> String {
        SHA256.hash(data: Array(text.utf8)).prefix(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
