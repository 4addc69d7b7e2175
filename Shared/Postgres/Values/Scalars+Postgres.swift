extension Bool: PostgresCodable {
    public static var postgresType: PostgresType { .bool }

    public func encode(into buffer: inout PostgresBuffer) {
        buffer.write(UInt8(self ? 1 : 0))
    }

    public static func decode(postgres bytes: RawSpan, type: PostgresType) throws -> Bool {
        guard type == .bool, bytes.byteCount == 1 else { throw Self.mismatch(type, bytes.byteCount) }
        return bytes.bigEndian(as: UInt8.self) != 0
    }
}

extension Double: PostgresCodable {
    public static var postgresType: PostgresType { .float8 }

    public func encode(into buffer: inout PostgresBuffer) {
        buffer.write(self.bitPattern)
    }

    public static func decode(postgres bytes: RawSpan, type: PostgresType) throws -> Double {
        switch (type, bytes.byteCount) {
        case (.float8, 8): return Double(bitPattern: bytes.bigEndian())
        case (.float4, 4): return Double(Float(bitPattern: bytes.bigEndian()))
        case (.numeric, _):
            guard let number = NumericText(bytes).flatMap({ Double($0.text) }) else { break }
            return number
        case (.int8, _), (.int4, _), (.int2, _):
            guard let number = Double(exactly: try Int64.decode(postgres: bytes, type: type)) else { break }
            return number
        default: break
        }
        throw Self.mismatch(type, bytes.byteCount)
    }
}

extension Float: PostgresCodable {
    public static var postgresType: PostgresType { .float4 }

    public func encode(into buffer: inout PostgresBuffer) {
        buffer.write(self.bitPattern)
    }

    public static func decode(postgres bytes: RawSpan, type: PostgresType) throws -> Float {
        guard type == .float4, bytes.byteCount == 4 else { throw Self.mismatch(type, bytes.byteCount) }
        return Float(bitPattern: bytes.bigEndian())
    }
}

extension String: PostgresCodable {
    public static var postgresType: PostgresType { .text }

    public func encode(into buffer: inout PostgresBuffer) {
        buffer.write(self)
    }

    /// Reads text of all kinds, enum labels, JSON, `numeric` and `uuid`. Other types have no text in binary form.
    public static func decode(postgres bytes: RawSpan, type: PostgresType) throws -> String {
        switch type {
        case .text, .varchar, .bpchar, .name, .char, .json:
            return bytes.string()
        case .jsonb:
            return String(decoding: try PostgresJSON.decode(postgres: bytes, type: type).bytes, as: UTF8.self)
        case .numeric:
            guard let number = NumericText(bytes) else { throw Self.mismatch(type, bytes.byteCount) }
            return number.text
        case .uuid:
            return try UUIDText.text(of: bytes)
        default:
            // The types of extensions and enums have numbers of their own, and binary forms that are text.
            guard type.rawValue >= 16_384 else { throw Self.mismatch(type, bytes.byteCount) }
            return bytes.string()
        }
    }
}
