public import SwiftProtobuf

/// One unary gRPC method, declared once and used by its callers and its server alike.
///
/// Whether a call may be sent again is a property of the method, so it stands here and not at the call site.
public struct RPCMethod<Request: Message & Sendable, Reply: Message & Sendable>: Sendable {
    /// The HTTP/2 `:path`, `/package.Service/Method`.
    public let path: String
    /// Whether an attempt of unknown outcome may be repeated.
    public let idempotency: RPCIdempotency
    /// How long a call may take when its caller has no earlier deadline.
    public let timeout: Duration

    /// Declares a method.
    ///
    /// - Parameters:
    ///   - path: `/package.Service/Method`, as in the .proto file.
    ///   - idempotency: As the .proto file's `idempotency_level`.
    ///   - timeout: The longest a call may take.
    public init(_ path: String, idempotency: RPCIdempotency, timeout: Duration) {
        self.path = path
        self.idempotency = idempotency
        self.timeout = timeout
    }
}
