import HTTPTypes
import NIOCore

/// An answer whose body comes in pieces, as they happen.
struct APIStream: Sendable {
    var status: Int
    var headers: HTTPFields
    var chunks: any AsyncSequence<ByteBuffer, any Error> & Sendable
}
