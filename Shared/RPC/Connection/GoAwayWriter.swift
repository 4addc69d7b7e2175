internal import NIOCore

/// Writes GOAWAY frames past `NIOHTTP2Handler`, which must stand behind this handler.
///
/// Once that handler knows of a GOAWAY it refuses every new stream, also those that were on their way when the client had not
/// heard yet, and takes their DATA frames for a protocol error that ends the connection with all calls on it (seen with
/// swift-nio-http2 1.46: `ConnectionStreamsState.streamMissing` treats DATA of such a stream as one of an idle stream). So the
/// handler is not told: we serve or refuse late streams ourselves.
final class GoAwayWriter: ChannelOutboundHandler {
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    private var context: ChannelHandlerContext?

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    /// Writes and flushes a GOAWAY without an error. Call on the event loop, between frames.
    /// - Parameter lastStream: The last stream that will be served, 2^31 - 1 for "not decided yet".
    func write(lastStream: Int) {
        guard let context = self.context else { return }
        let frame = Self.frame(lastStream: lastStream, allocator: context.channel.allocator)
        context.writeAndFlush(self.wrapOutboundOut(.byteBuffer(frame)), promise: nil)
    }

    /// The bytes of the frame (RFC 9113, 6.8): length 8, type 7, no flags, stream 0; last stream, error code 0.
    static func frame(lastStream: Int, allocator: ByteBufferAllocator = ByteBufferAllocator()) -> ByteBuffer {
        var buffer = allocator.buffer(capacity: 17)
        buffer.writeBytes([0, 0, 8, 7, 0, 0, 0, 0, 0])
        buffer.writeInteger(UInt32(lastStream & 0x7FFF_FFFF))
        buffer.writeInteger(UInt32(0))
        return buffer
    }
}
