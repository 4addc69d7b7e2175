/// Work was not done within its time limit and was cancelled. See ``withTimeout(_:clock:_:)``.
public struct TimeoutError: Error, Hashable {
    /// How long the work was allowed to take.
    public let limit: Duration

    /// An overstepping of `limit`.
    public init(limit: Duration) {
        self.limit = limit
    }
}

extension TimeoutError: CustomStringConvertible {
    public var description: String { "not done within \(self.limit)" }
}
