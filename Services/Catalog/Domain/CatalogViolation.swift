/// A value that the catalogue does not admit: which field, and what it must be.
public struct CatalogViolation: Error, Hashable, Sendable {
    /// The field's name in the API, with dots between levels: `price.currency`.
    public let field: String
    /// What the field must be, as the end of a sentence; never the rejected value.
    public let rule: String

    /// Makes a violation.
    public init(_ field: String, _ rule: String) {
        self.field = field
        self.rule = rule
    }
}

/// Everything that is wrong with one request, so that a person mends it in one go.
public struct CatalogViolations: Error, Hashable, Sendable {
    /// At least one.
    public let violations: [CatalogViolation]

    /// Collects violations.
    public init(_ violations: [CatalogViolation]) {
        self.violations = violations
    }
}
