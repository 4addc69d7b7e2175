/// A value that can be read from a column.
///
/// An enum with a `String` or integer raw value only has to declare the conformance.
public protocol PostgresDecodable: Sendable {
    /// Reads the binary form of a value that is not NULL.
    ///
    /// - Parameters:
    ///   - bytes: The value, valid during the call only.
    ///   - type: What the server says it is.
    /// - Throws: ``PostgresError`` of ``PostgresError/Code/decoding``.
    static func decode(postgres bytes: RawSpan, type: PostgresType) throws -> Self

    /// What NULL means. Throws, but for optionals.
    static func decodeNull() throws -> Self
}

/// A value that can be both parameter and column.
public typealias PostgresCodable = PostgresEncodable & PostgresDecodable

extension PostgresDecodable {
    public static func decodeNull() throws -> Self {
        throw PostgresError(.decoding, "NULL where \(Self.self) is expected")
    }

    static func mismatch(_ type: PostgresType, _ count: Int) -> PostgresError {
        PostgresError(.decoding, "\(count) bytes of type \(type.rawValue) are not a value of \(Self.self)")
    }
}

extension PostgresDecodable where Self: RawRepresentable, RawValue: PostgresDecodable {
    public static func decode(postgres bytes: RawSpan, type: PostgresType) throws -> Self {
        let raw = try RawValue.decode(postgres: bytes, type: type)
        guard let value = Self(rawValue: raw) else {
            throw PostgresError(.decoding, "A value that \(Self.self) does not know")
        }
        return value
    }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    public static func decode(postgres bytes: RawSpan, type: PostgresType) throws -> Wrapped? {
        try Wrapped.decode(postgres: bytes, type: type)
    }

    public static func decodeNull() throws -> Wrapped? { nil }
}
