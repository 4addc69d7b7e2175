extension Int16: PostgresCodable {
    public static var postgresType: PostgresType { .int2 }
}

extension Int32: PostgresCodable {
    public static var postgresType: PostgresType { .int4 }
}

extension Int64: PostgresCodable {
    public static var postgresType: PostgresType { .int8 }
}

extension Int: PostgresCodable {
    public static var postgresType: PostgresType { .int8 }

    public func encode(into buffer: inout PostgresBuffer) {
        buffer.write(Int64(self))
    }
}

/// Reads only: for `oid`, `xid8` and `pg_lsn`, which are unsigned.
extension UInt64: PostgresDecodable {}

extension PostgresEncodable where Self: FixedWidthInteger {
    public func encode(into buffer: inout PostgresBuffer) {
        buffer.write(self)
    }
}

extension PostgresDecodable where Self: FixedWidthInteger {
    /// Reads any whole number of the server that fits, also a `numeric` such as `sum()` returns.
    public static func decode(postgres bytes: RawSpan, type: PostgresType) throws -> Self {
        let value: Self?
        switch (type, bytes.byteCount) {
        case (.int8, 8): value = Self(exactly: bytes.bigEndian(as: Int64.self))
        case (.int4, 4): value = Self(exactly: bytes.bigEndian(as: Int32.self))
        case (.int2, 2): value = Self(exactly: bytes.bigEndian(as: Int16.self))
        case (.oid, 4), (.xid, 4): value = Self(exactly: bytes.bigEndian(as: UInt32.self))
        case (.xid8, 8), (.lsn, 8): value = Self(exactly: bytes.bigEndian(as: UInt64.self))
        case (.numeric, _): value = NumericText(bytes).flatMap { Self($0.wholeDigits) }
        default: value = nil
        }
        guard let value else { throw Self.mismatch(type, bytes.byteCount) }
        return value
    }
}
