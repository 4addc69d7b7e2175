public import FoundationEssentials

extension Bool: PostgresArrayElement {
    public static var postgresArrayType: PostgresType { .boolArray }
}

extension Int16: PostgresArrayElement {
    public static var postgresArrayType: PostgresType { .int2Array }
}

extension Int32: PostgresArrayElement {
    public static var postgresArrayType: PostgresType { .int4Array }
}

extension Int64: PostgresArrayElement {
    public static var postgresArrayType: PostgresType { .int8Array }
}

extension Int: PostgresArrayElement {
    public static var postgresArrayType: PostgresType { .int8Array }
}

extension Float: PostgresArrayElement {
    public static var postgresArrayType: PostgresType { .float4Array }
}

extension Double: PostgresArrayElement {
    public static var postgresArrayType: PostgresType { .float8Array }
}

extension String: PostgresArrayElement {
    public static var postgresArrayType: PostgresType { .textArray }
}

extension Date: PostgresArrayElement {
    public static var postgresArrayType: PostgresType { .timestamptzArray }
}

extension UUID: PostgresArrayElement {
    public static var postgresArrayType: PostgresType { .uuidArray }
}

extension PostgresJSON: PostgresArrayElement {
    public static var postgresArrayType: PostgresType { .jsonbArray }
}

/// `[UInt8]` is one `bytea`, not an array of numbers.
extension UInt8: PostgresArrayElement {
    public static var postgresArrayType: PostgresType { .bytea }

    public static func encodeArray(_ elements: [UInt8], into buffer: inout PostgresBuffer) {
        buffer.write(elements)
    }

    public static func decodeArray(postgres bytes: RawSpan, type: PostgresType) throws -> [UInt8] {
        switch type {
        case .bytea, .text, .varchar, .json: return bytes.array()
        case .jsonb: return try PostgresJSON.decode(postgres: bytes, type: type).bytes
        default: throw PostgresError(.decoding, "Type \(type.rawValue) is not bytes")
        }
    }
}

/// `[[UInt8]]` is an array of `bytea`.
extension Array: PostgresArrayElement where Element == UInt8 {
    public static var postgresArrayType: PostgresType { .byteaArray }
}

/// Arrays that may contain NULL.
extension Optional: PostgresArrayElement where Wrapped: PostgresArrayElement & PostgresCodable {
    public static var postgresArrayType: PostgresType { Wrapped.postgresArrayType }

    public static func encodeArray(_ elements: [Wrapped?], into buffer: inout PostgresBuffer) {
        buffer.write(Int32(elements.isEmpty ? 0 : 1))
        buffer.write(Int32(1))
        buffer.write(Wrapped.postgresType.rawValue)
        guard !elements.isEmpty else { return }
        buffer.write(Int32(elements.count))
        buffer.write(Int32(1))
        for element in elements {
            if let element {
                buffer.writeWithLengthPrefix { element.encode(into: &$0) }
            } else {
                buffer.write(Int32(-1))
            }
        }
    }

    public static func decodeArray(postgres bytes: RawSpan, type: PostgresType) throws -> [Wrapped?] {
        try ArrayReader.elements(of: bytes, type: type, as: Wrapped?.self)
    }
}
