internal import CHiredis
internal import Glibc

/// One non-blocking connection of hiredis: its socket, what is still to be written, and the parser of what came.
///
/// hiredis opens the socket and parses the replies. Writing is done here, because hiredis writes without
/// `MSG_NOSIGNAL`, and a server that went away would then end the process by SIGPIPE.
/// Not `Sendable`: the connection's actor owns it.
@safe final class HiredisSocket {
    private static let chunkSize = 65_536
    /// Reads per readiness event, so that one busy server does not hold up the loop's other sockets.
    private static let maximumReads = 16

    private let context: UnsafeMutablePointer<redisContext>
    private let input: UnsafeMutableRawPointer
    private var output: [UInt8] = []
    private var written = 0

    /// Begins to connect to a numeric address. The socket becomes writable when it is done, one way or the other.
    init(address: String, port: Int) throws(RedisError) {
        guard let context = unsafe redisConnectNonBlock(address, Int32(port)) else {
            throw RedisError(.notConnected, "hiredis is out of memory")
        }
        unsafe self.context = context
        unsafe self.input = .allocate(byteCount: Self.chunkSize, alignment: 16)
        if unsafe context.pointee.err != 0 {
            let reason = unsafe HiredisReply.text(of: context.pointee.errstr)
            throw RedisError(.notConnected, reason)
        }
        self.enableOption(IPPROTO_TCP.number, TCP_NODELAY)
        self.enableOption(SOL_SOCKET, SO_KEEPALIVE)
    }

    deinit {
        unsafe self.input.deallocate()
        // Frees the parser and closes the socket.
        unsafe redisFree(self.context)
    }

    /// The socket, for the readiness loop.
    var fileDescriptor: Int32 { unsafe self.context.pointee.fd }

    /// Whether bytes wait to be written.
    var hasOutput: Bool { self.written < self.output.count }

    /// Why connecting failed, or nil when it succeeded. To be asked once the socket is writable.
    func connectFailure() -> String? {
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        let result = unsafe getsockopt(self.fileDescriptor, SOL_SOCKET, SO_ERROR, &code, &size)
        if result != 0 { code = errno }
        return code == 0 ? nil : Self.describe(code)
    }

    /// Adds bytes behind those that wait.
    func append(_ bytes: [UInt8]) {
        self.output.append(contentsOf: bytes)
    }

    /// Writes as much as the socket takes.
    func flush() throws(RedisError) {
        while self.hasOutput {
            let count = unsafe self.output.withUnsafeBytes { bytes in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[self.written...])
                return unsafe send(self.fileDescriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
            }
            if count >= 0 {
                self.written += count
            } else if errno == EAGAIN || errno == EWOULDBLOCK {
                return
            } else if errno != EINTR {
                throw RedisError(.connectionLost, Self.describe(errno), isOutcomeUnknown: true)
            }
        }
        // A burst must not keep its memory for ever.
        self.output.removeAll(keepingCapacity: self.output.capacity <= 16 * Self.chunkSize)
        self.written = 0
    }

    /// Feeds the parser with what the socket has.
    ///
    /// - Returns: Whether anything came.
    func fill() throws(RedisError) -> Bool {
        var hasRead = false
        for _ in 0..<Self.maximumReads {
            let count = unsafe recv(self.fileDescriptor, self.input, Self.chunkSize, 0)
            if count > 0 {
                hasRead = true
                try self.feed(count)
                if count < Self.chunkSize { return true }
            } else if count == 0 {
                throw RedisError(.connectionLost, "Redis closed the connection", isOutcomeUnknown: true)
            } else if errno == EAGAIN || errno == EWOULDBLOCK {
                return hasRead
            } else if errno != EINTR {
                throw RedisError(.connectionLost, Self.describe(errno), isOutcomeUnknown: true)
            }
        }
        return hasRead
    }

    /// Takes the next whole reply out of the parser, or nil when more bytes are needed.
    func nextReply() throws(RedisError) -> RedisValue? {
        var reply: UnsafeMutableRawPointer?
        guard unsafe redisReaderGetReply(self.context.pointee.reader, &reply) == REDIS_OK else {
            throw self.parserFailure()
        }
        guard let reply = unsafe reply else { return nil }
        defer { unsafe freeReplyObject(reply) }
        return unsafe HiredisReply.value(of: reply.assumingMemoryBound(to: redisReply.self))
    }

    private func feed(_ count: Int) throws(RedisError) {
        let bytes = unsafe self.input.assumingMemoryBound(to: CChar.self)
        guard unsafe redisReaderFeed(self.context.pointee.reader, bytes, count) == REDIS_OK else {
            throw self.parserFailure()
        }
    }

    private func parserFailure() -> RedisError {
        let reason = unsafe HiredisReply.text(of: self.context.pointee.reader.pointee.errstr)
        return RedisError(.protocolViolation, reason, isOutcomeUnknown: true)
    }

    private func enableOption(_ level: Int32, _ name: Int32) {
        var on: Int32 = 1
        _ = unsafe setsockopt(self.fileDescriptor, level, name, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    private static func describe(_ code: Int32) -> String {
        unsafe String(cString: strerror(code))
    }
}

extension Int {
    /// Glibc imports some constants as `Int` and some as `Int32`.
    fileprivate var number: Int32 { Int32(self) }
}
