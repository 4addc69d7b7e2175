internal import NIOCore

/// The answer to a call, still as bytes.
struct ClientReply: Sendable, Hashable {
    let message: ByteBuffer
    let trailers: RPCMetadata
}
