/// An error of a service that knows how it looks to the caller. Conform the errors of a domain to it once, at the edge.
public protocol ProblemConvertible: Error {
    /// The answer that this error becomes.
    var problem: Problem { get }
}
