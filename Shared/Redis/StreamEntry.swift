/// One entry of a stream: its id, and its fields in the order in which they were written.
public struct StreamEntry: Sendable, Hashable {
    /// Where the entry stands.
    public let id: StreamID
    /// Names and values. A name may stand more than once.
    public let fields: [Field]

    /// A name and its value.
    public struct Field: Sendable, Hashable {
        /// The name, as UTF-8 text.
        public let name: String
        /// The value's bytes.
        public let value: [UInt8]

        /// Creates a field of bytes.
        public init(_ name: String, _ value: [UInt8]) {
            self.name = name
            self.value = value
        }

        /// Creates a field of text.
        public init(_ name: String, _ value: String) {
            self.init(name, Array(value.utf8))
        }
    }

    /// Creates an entry.
    public init(id: StreamID, fields: [Field]) {
        self.id = id
        self.fields = fields
    }

    /// The value of the first field with this name, or nil.
    public subscript(name: String) -> [UInt8]? {
        self.fields.first { $0.name == name }?.value
    }
}

extension StreamEntry {
    /// Reads `[id, [name, value, …]]`. An entry that was deleted has no fields.
    init(_ value: RedisValue) throws(RedisError) {
        guard let parts = value.elements, parts.count == 2, let id = parts[0].text.flatMap(StreamID.init) else {
            throw RedisError(.protocolViolation, "An entry of a stream is an id and its fields")
        }
        let flat = parts[1].elements ?? []
        var fields: [Field] = []
        fields.reserveCapacity(flat.count / 2)
        for index in stride(from: 0, to: flat.count - flat.count % 2, by: 2) {
            guard let name = flat[index].text, let bytes = flat[index + 1].bytes else {
                throw RedisError(.protocolViolation, "A field of a stream's entry is a name and a value")
            }
            fields.append(Field(name, bytes))
        }
        self.init(id: id, fields: fields)
    }

    /// Reads a list of entries.
    static func list(_ value: RedisValue) throws(RedisError) -> [StreamEntry] {
        guard let elements = value.elements else {
            throw RedisError(.protocolViolation, "A list of a stream's entries is an array")
        }
        var entries: [StreamEntry] = []
        entries.reserveCapacity(elements.count)
        for element in elements { entries.append(try StreamEntry(element)) }
        return entries
    }
}
