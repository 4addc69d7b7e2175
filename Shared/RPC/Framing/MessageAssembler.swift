internal import NIOCore

/// Puts the one message of a unary call together from the DATA frames it came in.
struct MessageAssembler: Sendable {
    private let maximumLength: Int
    private var buffer = ByteBuffer()
    private var expected: Int?

    init(maximumLength: Int) {
        self.maximumLength = maximumLength
    }

    /// The number of bytes kept so far.
    var bufferedBytes: Int { self.buffer.readableBytes }

    /// Adds the bytes of a DATA frame.
    /// - Throws: ``RPCError`` when the message is compressed, too long, or more than one.
    mutating func append(_ bytes: ByteBuffer) throws(RPCError) {
        if self.buffer.readableBytes == 0 {
            self.buffer = bytes
        } else {
            var bytes = bytes
            self.buffer.writeBuffer(&bytes)
        }
        if self.expected == nil, self.buffer.readableBytes >= MessageFrame.prefixLength {
            try self.readPrefix()
        }
        if let expected = self.expected, self.buffer.readableBytes > expected {
            throw RPCError(.unimplemented, "more than one message in a unary call")
        }
    }

    /// The message, once all of it is there.
    /// - Returns: `nil` when nothing was sent at all.
    /// - Throws: ``RPCError`` when it ends in the middle.
    mutating func finish() throws(RPCError) -> ByteBuffer? {
        guard let expected = self.expected else {
            guard self.buffer.readableBytes == 0 else { throw RPCError(.internal, "the message was cut off") }
            return nil
        }
        guard self.buffer.readableBytes == expected else { throw RPCError(.internal, "the message was cut off") }
        return self.buffer
    }

    private mutating func readPrefix() throws(RPCError) {
        guard let (flag, length) = self.buffer.readMultipleIntegers(as: (UInt8, UInt32).self) else { return }
        guard flag == 0 else { throw RPCError(.unimplemented, "compressed messages are not supported") }
        guard Int(length) <= self.maximumLength else {
            throw RPCError(.resourceExhausted, "a message of \(length) bytes, more than \(self.maximumLength)")
        }
        self.expected = Int(length)
    }
}
