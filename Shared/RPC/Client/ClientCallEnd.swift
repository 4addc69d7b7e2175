/// How a call on one connection ended.
enum ClientCallEnd: Sendable, Hashable {
    /// The server answered OK.
    case reply(ClientReply)
    /// It failed, and the server may have acted on it.
    case failed(RPCError)
    /// It failed, and the server certainly has not acted on it: it may be sent elsewhere, whatever the method.
    case notProcessed(RPCError)
}
