public import FoundationEssentials

extension Date: PostgresCodable {
    /// From PostgreSQL's first moment (2000-01-01) to Foundation's (2001-01-01).
    private static let secondsBetweenEpochs = 31_622_400.0

    public static var postgresType: PostgresType { .timestamptz }

    /// Writes whole microseconds, which is what the server keeps.
    public func encode(into buffer: inout PostgresBuffer) {
        let microseconds = (self.timeIntervalSinceReferenceDate + Self.secondsBetweenEpochs) * 1_000_000
        buffer.write(Int64(exactly: microseconds.rounded()) ?? (microseconds < 0 ? .min : .max))
    }

    public static func decode(postgres bytes: RawSpan, type: PostgresType) throws -> Date {
        switch (type, bytes.byteCount) {
        case (.timestamptz, 8), (.timestamp, 8):
            let microseconds = bytes.bigEndian(as: Int64.self)
            if microseconds == .max { return .distantFuture }
            if microseconds == .min { return .distantPast }
            return Date(timeIntervalSinceReferenceDate: Double(microseconds) / 1_000_000 - Self.secondsBetweenEpochs)
        case (.date, 4):
            let days = Double(bytes.bigEndian(as: Int32.self))
            return Date(timeIntervalSinceReferenceDate: days * 86_400 - Self.secondsBetweenEpochs)
        default:
            throw Self.mismatch(type, bytes.byteCount)
        }
    }
}

extension UUID: PostgresCodable {
    public static var postgresType: PostgresType { .uuid }

    public func encode(into buffer: inout PostgresBuffer) {
        unsafe withUnsafeBytes(of: self.uuid) { unsafe buffer.write($0) }
    }

    public static func decode(postgres bytes: RawSpan, type: PostgresType) throws -> UUID {
        guard type == .uuid, let value = UUID(uuidString: try UUIDText.text(of: bytes)) else {
            throw Self.mismatch(type, bytes.byteCount)
        }
        return value
    }
}
