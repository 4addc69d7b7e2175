/// What tasks ask of a server connection.
enum ServerCommand: Sendable {
    /// A handler has ended.
    case answer(stream: Int, Result<[UInt8], RPCError>)
    /// Say goodbye: no new calls, close when the last has ended.
    case drain
    /// Close now.
    case close
}
