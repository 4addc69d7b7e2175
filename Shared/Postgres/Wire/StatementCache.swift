/// Which statements a connection has prepared, by text and parameter types. The least recently used one makes room.
struct StatementCache {
    struct Key: Hashable {
        let sql: String
        let types: [UInt32]
    }

    private struct Entry {
        let name: String
        var lastUse: UInt64
    }

    /// What a statement is called on the server, and what has to be done before it can be executed.
    struct Lookup {
        let name: String
        let mustPrepare: Bool
        /// A statement that made room: to be deallocated.
        let evicted: String?
    }

    private let capacity: Int
    private var entries: [Key: Entry] = [:]
    private var uses: UInt64 = 0
    private var nextName = 0

    init(capacity: Int) {
        self.capacity = max(1, capacity)
    }

    var count: Int { self.entries.count }

    mutating func lookup(_ key: Key) -> Lookup {
        self.uses += 1
        if let index = self.entries.index(forKey: key) {
            self.entries.values[index].lastUse = self.uses
            return Lookup(name: self.entries.values[index].name, mustPrepare: false, evicted: nil)
        }
        var evicted: String?
        if self.entries.count >= self.capacity, let oldest = self.entries.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            evicted = oldest.value.name
            self.entries[oldest.key] = nil
        }
        // A name is never used twice, so a statement that could not be prepared cannot be mistaken for its successor.
        self.nextName += 1
        let name = "s\(self.nextName)"
        self.entries[key] = Entry(name: name, lastUse: self.uses)
        return Lookup(name: name, mustPrepare: true, evicted: evicted)
    }

    /// Forgets a statement that could not be prepared or that the server no longer has.
    mutating func remove(_ key: Key, name: String? = nil) {
        if let name, self.entries[key]?.name != name { return }
        self.entries[key] = nil
    }
}
