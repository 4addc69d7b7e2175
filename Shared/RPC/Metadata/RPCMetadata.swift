/// What travels beside a message: pairs of a lower-case name and a value, in order, names may repeat.
///
/// Names that end in `-bin` carry bytes (base64 on the wire); all others carry printable ASCII.
public struct RPCMetadata: Sendable, Hashable {
    /// One pair, as it stands on the wire.
    public struct Entry: Sendable, Hashable {
        /// The name, in lower case.
        public let name: String
        /// The value; base64 where the name ends in `-bin`.
        public let value: String
    }

    /// The pairs, in order.
    public private(set) var entries: [Entry] = []

    /// Nothing.
    public init() {}

    /// The first value under `name`; assigning replaces all values under it.
    public subscript(name: String) -> String? {
        get {
            let name = name.lowercased()
            return self.entries.first { $0.name == name }?.value
        }
        set {
            let name = name.lowercased()
            self.entries.removeAll { $0.name == name }
            if let newValue {
                self.entries.append(Entry(name: name, value: newValue))
            }
        }
    }

    /// Adds a pair behind the others.
    public mutating func append(_ name: String, _ value: String) {
        self.entries.append(Entry(name: name.lowercased(), value: value))
    }

    /// Adds a pair whose name is known to be in lower case.
    mutating func append(lowercased name: String, _ value: String) {
        self.entries.append(Entry(name: name, value: value))
    }
}

extension RPCMetadata: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, String)...) {
        for (name, value) in elements {
            self.append(name, value)
        }
    }
}

extension RPCMetadata {
    /// The bytes under a name that ends in `-bin`, or `nil` if there are none or they are no base64.
    public func bytes(_ name: String) -> [UInt8]? {
        self[name].flatMap(Base64.decode)
    }

    /// Adds bytes under a name that ends in `-bin`.
    public mutating func append(_ name: String, bytes: [UInt8]) {
        self.append(name, Base64.encode(bytes))
    }
}
