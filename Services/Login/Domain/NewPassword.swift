/// A password that may be set: at least 8 characters and at most 1024 bytes of UTF-8, taken whole and as they are.
///
/// Length is the only rule (NIST SP 800-63B, 3.1.1.2): rules of composition make passwords worse. Only for setting one:
/// at login anything is compared, so that nobody learns the rules of the time when a password was set.
public struct NewPassword: Sendable {
    /// The fewest characters: each Unicode scalar counts as one, as NIST has it.
    public static let fewestCharacters = 8
    /// The most bytes, which bounds the work of a hash.
    public static let mostBytes = 1_024

    /// The bytes that are hashed.
    public let bytes: [UInt8]

    /// Takes a password.
    ///
    /// - Throws: ``LoginRuleViolation`` if it is too short or too long.
    public init(_ text: String) throws(LoginRuleViolation) {
        let bytes = Array(text.utf8)
        guard text.unicodeScalars.count >= Self.fewestCharacters else {
            throw LoginRuleViolation(field: "password", reason: "must have \(Self.fewestCharacters) characters at least")
        }
        guard bytes.count <= Self.mostBytes else {
            throw LoginRuleViolation(field: "password", reason: "must have \(Self.mostBytes) bytes at most")
        }
        self.bytes = bytes
    }
}
