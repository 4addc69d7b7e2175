internal import NIOCore

/// gRPC's frame around a message: one byte "compressed", four bytes length, the message.
enum MessageFrame {
    static let prefixLength = 5

    /// A frame around `message`.
    static func encode(_ message: [UInt8], allocator: ByteBufferAllocator = ByteBufferAllocator()) -> ByteBuffer {
        var buffer = allocator.buffer(capacity: self.prefixLength + message.count)
        buffer.writeInteger(UInt8(0))
        buffer.writeInteger(UInt32(message.count))
        buffer.writeBytes(message)
        return buffer
    }
}
