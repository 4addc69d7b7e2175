/// The parameters of one statement: all binary forms in one buffer, and where each lies.
struct PostgresBindings: Sendable {
    struct Slot: Sendable {
        let offset: Int
        /// In bytes; -1 is NULL.
        let length: Int32
    }

    private(set) var buffer = PostgresBuffer()
    private(set) var slots: [Slot] = []
    /// The object ids of the types. Apart from the slots, because a prepared statement is found by them.
    private(set) var types: [UInt32] = []

    var count: Int { self.slots.count }

    mutating func append<Value: PostgresEncodable>(_ value: Value) {
        let offset = self.buffer.count
        value.encode(into: &self.buffer)
        self.slots.append(Slot(offset: offset, length: Int32(self.buffer.count - offset)))
        self.types.append(Value.postgresType.rawValue)
    }

    mutating func append(_ other: PostgresBindings) {
        let start = self.buffer.count
        self.buffer.write(other.buffer.bytes)
        self.slots += other.slots.map { Slot(offset: $0.offset + start, length: $0.length) }
        self.types += other.types
    }

    mutating func appendNull(_ type: PostgresType) {
        self.slots.append(Slot(offset: 0, length: -1))
        self.types.append(type.rawValue)
    }
}
