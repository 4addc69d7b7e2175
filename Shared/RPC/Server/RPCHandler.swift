internal import SwiftProtobuf
public import Wire

/// The implementation of one method, with its types erased.
public struct RPCHandler: Sendable {
    /// The method, `/package.Service/Method`.
    public let path: String

    /// Whether ``RPCAuthenticator`` is asked first.
    let isAuthenticated: Bool

    let perform: @Sendable ([UInt8], RPCContext) async throws -> [UInt8]

    /// Serves `method` with `handle`.
    ///
    /// `handle` runs in a task of its own, which is cancelled when the caller goes away or the deadline passes;
    /// `CallScope.current` carries the deadline. It throws ``RPCError`` or an ``RPCErrorConvertible``; any other error
    /// reaches the caller as `UNKNOWN` without its text, and the log in full.
    public init<Request, Reply>(
        _ method: RPCMethod<Request, Reply>,
        _ handle: @escaping @Sendable (Request, RPCContext) async throws -> Reply
    ) {
        self.init(path: method.path) { bytes, context in
            let request: Request
            do {
                request = try Request(serializedBytes: bytes)
            } catch {
                throw RPCError(.internal, "the request cannot be read")
            }
            return try await handle(request, context).serializedBytes()
        }
    }

    /// Serves a method whose messages are bytes.
    init(
        path: String,
        isAuthenticated: Bool = true,
        _ perform: @escaping @Sendable ([UInt8], RPCContext) async throws -> [UInt8]
    ) {
        self.path = path
        self.isAuthenticated = isAuthenticated
        self.perform = perform
    }
}
