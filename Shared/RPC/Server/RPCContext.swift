public import Resilience

/// What a handler knows about a call beside its message.
public struct RPCContext: Sendable {
    /// The method, `/package.Service/Method`.
    public let path: String

    /// What the caller sent beside the message.
    public let metadata: RPCMetadata

    /// When the caller stops waiting. The same as `CallScope.current.deadline`, which calls made by the handler inherit.
    public let deadline: Deadline

    /// The caller's address.
    public let peer: String

    /// Who the caller is, as ``RPCAuthenticator`` found out; `nil` where nobody asked.
    public internal(set) var caller: String?

    /// How often the caller has tried before.
    public var previousAttempts: Int {
        self.metadata["grpc-previous-rpc-attempts"].flatMap { Int($0) } ?? 0
    }
}
