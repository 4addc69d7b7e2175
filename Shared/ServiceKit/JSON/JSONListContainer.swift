/// The elements of a list, for a decoder.
struct JSONListContainer: UnkeyedDecodingContainer {
    let codingPath: [any CodingKey]
    private(set) var currentIndex = 0
    private let elements: [JSONNode]

    init(_ elements: [JSONNode], path: [any CodingKey]) {
        self.elements = elements
        self.codingPath = path
    }

    var count: Int? { self.elements.count }
    var isAtEnd: Bool { self.currentIndex >= self.elements.count }

    mutating func decodeNil() throws -> Bool {
        guard !self.isAtEnd, self.elements[self.currentIndex] == .null else { return false }
        self.currentIndex += 1
        return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        let value = try self.decoder(type).decode(type)
        self.currentIndex += 1
        return value
    }

    mutating func nestedContainer<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        let container = try self.decoder([String: Int].self).container(keyedBy: type)
        self.currentIndex += 1
        return container
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        let container = try self.decoder([Int].self).unkeyedContainer()
        self.currentIndex += 1
        return container
    }

    mutating func superDecoder() throws -> any Decoder {
        let decoder = try self.decoder([String: Int].self)
        self.currentIndex += 1
        return decoder
    }

    private func decoder(_ type: any Any.Type) throws -> JSONNodeDecoder {
        let path = self.codingPath + [JSONKey(index: self.currentIndex)]
        guard !self.isAtEnd else {
            throw DecodingError.valueNotFound(type, DecodingError.Context(codingPath: path, debugDescription: "is required"))
        }
        return JSONNodeDecoder(self.elements[self.currentIndex], path: path)
    }
}
