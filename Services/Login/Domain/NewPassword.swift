/// A password that may be set: 8 to 1024 bytes of UTF-8, taken whole and as they are.
///
/// Length is the only rule (NIST SP 800-63B, 3.1.1.2): rules of composition make passwords worse. Only for setting one:
/// at login anything is compared, so that nobody learns the rules of the time when a password was set.
public struct NewPassword: Sendable {
    /// The allowed number of bytes.
    public static let allowedBytes = 8...1_024

    /// The bytes that are hashed.
    public let bytes: [UInt8]

    /// Takes a password.
    ///
    /// - Throws: ``LoginRuleViolation`` if it is too short or too long.
    public init(_ text: String) throws(LoginRuleViolation) {
        let bytes = Array(text.utf8)
        guard bytes.count >= Self.allowedBytes.lowerBound else {
            throw LoginRuleViolation(field: "password", reason: "must have \(Self.allowedBytes.lowerBound) bytes at least")
        }
        guard bytes.count <= Self.allowedBytes.upperBound else {
            throw LoginRuleViolation(field: "password", reason: "must have \(Self.allowedBytes.upperBound) bytes at most")
        }
        self.bytes = bytes
    }
}
