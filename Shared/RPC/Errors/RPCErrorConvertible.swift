/// An error that knows which status tells a remote caller about it.
///
/// What a handler throws and is neither this nor an ``RPCError`` reaches the caller as ``RPCError/Code/unknown`` without a
/// message, and the log in full.
public protocol RPCErrorConvertible: Error {
    /// The status for the caller.
    var rpcError: RPCError { get }
}

extension RPCError: RPCErrorConvertible {
    public var rpcError: RPCError { self }
}
