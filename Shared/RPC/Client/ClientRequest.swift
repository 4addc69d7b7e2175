internal import NIOCore
internal import NIOHPACK

/// A call as it goes onto a connection.
struct ClientRequest: Sendable {
    /// Request headers, pseudo-headers first.
    let headers: HPACKHeaders
    /// The framed message.
    let body: ByteBuffer
    /// When to give up although the server has not answered. Later than the deadline the server knows, so that the server
    /// answers first and no stream has to be reset.
    let giveUp: NIODeadline
}
