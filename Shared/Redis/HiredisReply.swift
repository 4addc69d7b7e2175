internal import CHiredis

/// Copies replies out of hiredis' memory.
enum HiredisReply {
    /// The value of a reply. The caller frees the reply afterwards.
    ///
    /// The depth is bounded: hiredis refuses more than seven levels.
    static func value(of reply: UnsafePointer<redisReply>) -> RedisValue {
        switch unsafe reply.pointee.type {
        case REDIS_REPLY_STRING: .string(unsafe Self.bytes(of: reply))
        case REDIS_REPLY_INTEGER: .integer(unsafe reply.pointee.integer)
        case REDIS_REPLY_ARRAY: .array(unsafe Self.elements(of: reply))
        case REDIS_REPLY_STATUS: .status(String(decoding: unsafe Self.bytes(of: reply), as: UTF8.self))
        case REDIS_REPLY_ERROR: .error(String(decoding: unsafe Self.bytes(of: reply), as: UTF8.self))
        default: .null
        }
    }

    /// The text of one of hiredis' fixed buffers for errors.
    static func text<Buffer>(of buffer: Buffer) -> String {
        unsafe withUnsafeBytes(of: buffer) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }

    private static func bytes(of reply: UnsafePointer<redisReply>) -> [UInt8] {
        guard let text = unsafe reply.pointee.str else { return [] }
        return unsafe Array(UnsafeRawBufferPointer(start: text, count: reply.pointee.len))
    }

    private static func elements(of reply: UnsafePointer<redisReply>) -> [RedisValue] {
        guard let elements = unsafe reply.pointee.element else { return [] }
        return (0..<(unsafe reply.pointee.elements)).map { index in
            guard let element = unsafe elements[index] else { return .null }
            return unsafe Self.value(of: element)
        }
    }
}
