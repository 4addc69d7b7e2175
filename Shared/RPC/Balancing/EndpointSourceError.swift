/// An endpoint source that cannot be read.
public struct EndpointSourceError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, as part of a sentence.
    public let message: String

    public var description: String { self.message }
}
