/// One word of a Redis command: a name, a key or a value, as bytes.
///
/// Text is sent as UTF-8 and numbers in decimal, so a literal can stand where an argument is wanted:
/// `["SET", "greeting", "hello", "PX", 5_000]`.
public struct RedisArgument: Sendable, Hashable {
    /// What goes over the wire.
    public let bytes: [UInt8]

    /// Creates an argument of raw bytes; they may hold anything, also zero.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Creates an argument of text, as UTF-8.
    public init(_ text: some StringProtocol) {
        self.bytes = Array(text.utf8)
    }

    /// Creates an argument of a whole number, in decimal.
    public init(_ number: some BinaryInteger) {
        self.bytes = Array(String(number).utf8)
    }
}

extension RedisArgument: ExpressibleByStringInterpolation {
    public init(stringLiteral value: String) {
        self.init(value)
    }
}

extension RedisArgument: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Int64) {
        self.init(value)
    }
}
