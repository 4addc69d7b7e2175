/// A reply of Redis, in the terms of RESP2.
///
/// An error inside an array (one command of a script or a transaction failed) is a value like the others;
/// an error that is the whole reply is thrown as ``RedisError`` by ``RedisClient``.
public enum RedisValue: Sendable, Hashable {
    /// The nil bulk string or the nil array.
    case null
    /// A binary-safe string.
    case string([UInt8])
    /// A signed 64-bit number.
    case integer(Int64)
    /// Values in order.
    case array([RedisValue])
    /// A short answer such as `OK`.
    case status(String)
    /// An error's text, such as `WRONGTYPE Operation against a key…`.
    case error(String)
}

extension RedisValue {
    /// Whether Redis answered that there is nothing.
    public var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// The bytes of a string, or nil when the value is none.
    public var bytes: [UInt8]? {
        if case .string(let bytes) = self { bytes } else { nil }
    }

    /// The text of a string or a status, or nil when the value is neither. Bytes that are no UTF-8 are repaired.
    public var text: String? {
        switch self {
        case .string(let bytes): String(decoding: bytes, as: UTF8.self)
        case .status(let text): text
        case .null, .integer, .array, .error: nil
        }
    }

    /// The number of an integer, or of a string that is one, or nil.
    public var integer: Int64? {
        switch self {
        case .integer(let number): number
        case .string(let bytes): Int64(String(decoding: bytes, as: UTF8.self))
        case .null, .array, .status, .error: nil
        }
    }

    /// The elements of an array, or nil when the value is none.
    public var elements: [RedisValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The elements of an array of alternating names and values, as `XINFO` and `HGETALL` answer, or nil.
    public var fields: [String: RedisValue]? {
        guard let elements, elements.count.isMultiple(of: 2) else { return nil }
        var fields: [String: RedisValue] = [:]
        for index in stride(from: 0, to: elements.count, by: 2) {
            guard let name = elements[index].text else { return nil }
            fields[name] = elements[index + 1]
        }
        return fields
    }
}
