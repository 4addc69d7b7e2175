/// What tasks ask of a client connection.
enum ClientCommand: Sendable {
    case start(callID: UInt64, ClientRequest, CheckedContinuation<ClientCallEnd, Never>)
    case cancel(callID: UInt64)
    /// No new calls; close when the last has ended.
    case drain
    /// Close now.
    case close
}
