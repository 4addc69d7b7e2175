public import FoundationEssentials

/// A `jsonb` value as its text: nothing is parsed on the way.
public struct PostgresJSON: PostgresCodable, Hashable, ExpressibleByStringLiteral {
    /// The JSON text in UTF-8.
    public var bytes: [UInt8]

    /// Takes JSON text. The server refuses what is not JSON.
    public init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Takes JSON text. The server refuses what is not JSON.
    public init(_ text: String) {
        self.bytes = Array(text.utf8)
    }

    public init(stringLiteral value: String) {
        self.init(value)
    }

    /// Encodes a value.
    public init(encoding value: some Encodable, with encoder: JSONEncoder = JSONEncoder()) throws {
        self.bytes = Array(try encoder.encode(value))
    }

    /// The JSON text.
    public var text: String { String(decoding: self.bytes, as: UTF8.self) }

    /// Decodes a value.
    ///
    /// - Throws: `DecodingError`.
    public func decode<Value: Decodable>(_ type: Value.Type, with decoder: JSONDecoder = JSONDecoder()) throws -> Value {
        try decoder.decode(type, from: Data(self.bytes))
    }

    public static var postgresType: PostgresType { .jsonb }

    /// The version byte of the binary form, before the text.
    private static let version: UInt8 = 1

    public func encode(into buffer: inout PostgresBuffer) {
        buffer.write(Self.version)
        buffer.write(self.bytes)
    }

    public static func decode(postgres bytes: RawSpan, type: PostgresType) throws -> PostgresJSON {
        switch type {
        case .json, .text, .varchar: return PostgresJSON(bytes: bytes.array())
        case .jsonb where bytes.byteCount > 1 && bytes.bigEndian(as: UInt8.self) == Self.version:
            return PostgresJSON(bytes: Array(bytes.array().dropFirst()))
        default: throw Self.mismatch(type, bytes.byteCount)
        }
    }
}
