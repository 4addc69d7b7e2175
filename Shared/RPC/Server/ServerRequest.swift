internal import NIOCore
internal import Resilience

/// A call that has arrived in full.
struct ServerRequest: Sendable {
    let stream: Int
    let path: String
    let metadata: RPCMetadata
    let deadline: Deadline
    let message: ByteBuffer
}
