/// A password that may be set: 8 to 1024 characters (Unicode scalars), taken whole and as they are.
///
/// Length is the only rule (NIST SP 800-63B, 3.1.1.2): rules of composition make passwords worse. Only for setting one:
/// at login anything is compared, so that nobody learns the rules of the time when a password was set.
public struct NewPassword: Sendable {
    /// The allowed number of characters. The upper end bounds the work of a hash.
    public static let allowedCharacters = 8...1_024

    /// The bytes that are hashed.
    public let bytes: [UInt8]

    /// Takes a password.
    ///
    /// - Throws: ``LoginRuleViolation`` if it is too short or too long.
    public init(_ text: String) throws(LoginRuleViolation) {
        let count = text.unicodeScalars.count
        guard count >= Self.allowedCharacters.lowerBound else {
            throw LoginRuleViolation(field: "password", reason: "must have \(Self.allowedCharacters.lowerBound) characters at least")
        }
        guard count <= Self.allowedCharacters.upperBound else {
            throw LoginRuleViolation(field: "password", reason: "must have \(Self.allowedCharacters.upperBound) characters at most")
        }
        self.bytes = Array(text.utf8)
    }
}
