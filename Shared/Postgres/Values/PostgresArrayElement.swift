/// A value of which arrays can be parameters and columns.
///
/// `UInt8` is the exception that makes `[UInt8]` a `bytea`; everything else travels as a one-dimensional array.
public protocol PostgresArrayElement: Sendable {
    /// The type of an array of these.
    static var postgresArrayType: PostgresType { get }

    static func encodeArray(_ elements: [Self], into buffer: inout PostgresBuffer)

    static func decodeArray(postgres bytes: RawSpan, type: PostgresType) throws -> [Self]
}

extension PostgresArrayElement where Self: PostgresCodable {
    /// Dimensions, a flag for nulls (the server does not look at it), the element's type, size and lower bound, elements.
    public static func encodeArray(_ elements: [Self], into buffer: inout PostgresBuffer) {
        buffer.write(Int32(elements.isEmpty ? 0 : 1))
        buffer.write(Int32(0))
        buffer.write(Self.postgresType.rawValue)
        guard !elements.isEmpty else { return }
        buffer.write(Int32(elements.count))
        buffer.write(Int32(1))
        for element in elements {
            buffer.writeWithLengthPrefix { element.encode(into: &$0) }
        }
    }

    public static func decodeArray(postgres bytes: RawSpan, type: PostgresType) throws -> [Self] {
        try ArrayReader.elements(of: bytes, type: type, as: Self.self)
    }
}

/// Reads the elements of an array, NULL included.
enum ArrayReader {
    static func elements<Element: PostgresDecodable>(
        of bytes: RawSpan,
        type: PostgresType,
        as element: Element.Type
    ) throws -> [Element] {
        let damaged = PostgresError(.decoding, "Type \(type.rawValue) is not an array of \(Element.self)")
        guard bytes.byteCount >= 12 else { throw damaged }
        let dimensions = bytes.bigEndian(at: 0, as: Int32.self)
        if dimensions == 0 { return [] }
        let elementType = PostgresType(rawValue: bytes.bigEndian(at: 8))
        guard dimensions == 1, bytes.byteCount >= 20 else { throw damaged }
        let count = Int(bytes.bigEndian(at: 12, as: Int32.self))
        var result: [Element] = []
        result.reserveCapacity(count)
        var offset = 20
        for _ in 0..<count {
            guard offset + 4 <= bytes.byteCount else { throw damaged }
            let length = Int(bytes.bigEndian(at: offset, as: Int32.self))
            offset += 4
            if length < 0 {
                result.append(try Element.decodeNull())
                continue
            }
            guard offset + length <= bytes.byteCount else { throw damaged }
            result.append(try Element.decode(postgres: bytes.extracting(offset..<offset + length), type: elementType))
            offset += length
        }
        return result
    }
}

extension Array: PostgresEncodable where Element: PostgresArrayElement {
    public static var postgresType: PostgresType { Element.postgresArrayType }

    public func encode(into buffer: inout PostgresBuffer) {
        Element.encodeArray(self, into: &buffer)
    }
}

extension Array: PostgresDecodable where Element: PostgresArrayElement {
    public static func decode(postgres bytes: RawSpan, type: PostgresType) throws -> [Element] {
        try Element.decodeArray(postgres: bytes, type: type)
    }
}
