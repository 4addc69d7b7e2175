/// A setting that keeps the process from starting.
public struct ConfigurationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A whole sentence for the person who starts the process. Never holds the value of a secret.
    public let description: String

    /// Creates an error.
    public init(_ description: String) {
        self.description = description
    }
}
