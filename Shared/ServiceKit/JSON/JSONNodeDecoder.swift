import FoundationEssentials

/// Decodes values from a tree. Unlike the library's decoder it knows where it was for every kind of error, numbers that do
/// not fit included, and speaks in words for the caller of an API.
struct JSONNodeDecoder: Decoder, SingleValueDecodingContainer {
    let node: JSONNode
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    init(_ node: JSONNode, path: [any CodingKey]) {
        self.node = node
        self.codingPath = path
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let members) = self.node else { throw self.mismatch([String: Int].self) }
        return KeyedDecodingContainer(JSONObjectContainer(members, path: self.codingPath))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let elements) = self.node else { throw self.mismatch([Int].self) }
        return JSONListContainer(elements, path: self.codingPath)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    func decodeNil() -> Bool { self.node == .null }

    func decode(_ type: Bool.Type) throws -> Bool {
        guard case .bool(let value) = self.node else { throw self.mismatch(type) }
        return value
    }

    func decode(_ type: String.Type) throws -> String {
        guard case .string(let value) = self.node else { throw self.mismatch(type) }
        return value
    }

    func decode(_ type: Double.Type) throws -> Double { try self.real(type) }
    func decode(_ type: Float.Type) throws -> Float { try self.real(type) }
    func decode(_ type: Int.Type) throws -> Int { try self.integer(type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try self.integer(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try self.integer(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try self.integer(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try self.integer(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try self.integer(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try self.integer(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try self.integer(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try self.integer(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try self.integer(type) }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        if type == Date.self, let date = try self.date() as? Value { return date }
        if self.node == .null, !(type is any ExpressibleByNilLiteral.Type) {
            throw DecodingError.valueNotFound(type, self.context("null"))
        }
        return try Value(from: self)
    }

    private func date() throws -> Date {
        guard let date = JSONCoding.date(try self.decode(String.self)) else {
            throw DecodingError.dataCorrupted(self.context("must be a time such as 2026-01-31T12:00:00Z"))
        }
        return date
    }

    private func integer<Value: FixedWidthInteger>(_ type: Value.Type) throws -> Value {
        guard case .number(let text) = self.node else { throw self.mismatch(type) }
        if let value = Value(text) { return value }
        // 1.0 and 1e3 are whole numbers as well; beyond 2^53 such a form could mean several of them.
        if let real = Double(text), real.magnitude < 9_007_199_254_740_992, let value = Value(exactly: real) { return value }
        throw DecodingError.dataCorrupted(self.context("must be a whole number from \(Value.min) to \(Value.max)"))
    }

    private func real<Value: BinaryFloatingPoint & LosslessStringConvertible>(_ type: Value.Type) throws -> Value {
        guard case .number(let text) = self.node else { throw self.mismatch(type) }
        guard let value = Value(text), value.isFinite else {
            throw DecodingError.dataCorrupted(self.context("must be a number that is not so large"))
        }
        return value
    }

    private func mismatch(_ type: any Any.Type) -> DecodingError {
        if self.node == .null { return .valueNotFound(type, self.context("null")) }
        return .typeMismatch(type, self.context("another type"))
    }

    private func context(_ text: String) -> DecodingError.Context {
        DecodingError.Context(codingPath: self.codingPath, debugDescription: text)
    }
}
