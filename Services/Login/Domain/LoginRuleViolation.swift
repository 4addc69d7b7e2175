/// A rule of this service that some input breaks.
public struct LoginRuleViolation: Error, Sendable, Hashable {
    /// Which field of the input, such as `email`.
    public let field: String
    /// What is wrong with it, such as `must not be empty`. Never holds the value.
    public let reason: String

    /// Creates a violation.
    public init(field: String, reason: String) {
        self.field = field
        self.reason = reason
    }
}
