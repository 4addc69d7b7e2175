/// How a call ended when it did not end well: a gRPC status other than OK.
public struct RPCError: Error, Sendable, Hashable {
    /// What kind of end it was.
    public var code: Code

    /// A sentence for developers. It travels to the caller, so it must not hold secrets or personal data.
    public var message: String

    /// The serialized `google.rpc.Status` of `grpc-status-details-bin`, if there is one.
    public var details: [UInt8]?

    /// When the server wants to be asked again (`grpc-retry-pushback-ms`), if it said so.
    public var retryAfter: Duration?

    /// An error of the given kind.
    public init(_ code: Code, _ message: String = "", details: [UInt8]? = nil, retryAfter: Duration? = nil) {
        self.code = code
        self.message = message
        self.details = details
        self.retryAfter = retryAfter
    }

    /// Whether the same call may succeed a little later. Whether it may be *made* again is the method's property.
    public var isRetriable: Bool {
        switch self.code {
        case .unavailable: true
        case .resourceExhausted: self.retryAfter != nil
        default: false
        }
    }
}

extension RPCError: CustomStringConvertible {
    public var description: String {
        self.message.isEmpty ? "\(self.code)" : "\(self.code): \(self.message)"
    }
}
