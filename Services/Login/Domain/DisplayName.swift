internal import Commerce

/// What a person wants to be called: 1 to 200 characters (Unicode scalars), without control characters and space around it.
public struct DisplayName: Sendable, Hashable {
    /// The name.
    public let text: String

    /// Takes a name.
    ///
    /// - Throws: ``LoginRuleViolation`` if it is empty, too long or holds control characters.
    public init(_ input: String) throws(LoginRuleViolation) {
        let trimmed = input.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed()
        let text = String(trimmed)
        guard !text.isEmpty else { throw LoginRuleViolation(field: "name", reason: "must not be empty") }
        guard !text.isLonger(than: 200) else {
            throw LoginRuleViolation(field: "name", reason: "must have 200 characters at most")
        }
        guard !text.hasControlCharacters else {
            throw LoginRuleViolation(field: "name", reason: "must not hold control characters")
        }
        self.text = text
    }
}
