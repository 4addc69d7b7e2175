import Auth

/// A place in a sorted list: the sort keys of the last item seen. Opaque to clients, and no secret.
public struct Cursor: Sendable, Hashable {
    /// The sort keys, in the order of the sort.
    public let values: [String]

    private static let separator: UInt8 = 0x1f

    /// The cursor behind an item with these sort keys.
    public init(_ values: String...) {
        self.values = values
    }

    /// Reads a cursor that a client sent back; nil if it is not one of ours. None of ours holds a NUL, which no database takes.
    public init?(text: String) {
        guard text.utf8.count <= 1_024, let bytes = Base64URL.decode(text.utf8),
            let joined = String(validating: bytes, as: UTF8.self), !joined.utf8.contains(0)
        else { return nil }
        self.values = joined.utf8.split(separator: Self.separator, omittingEmptySubsequences: false).map { String($0) ?? "" }
    }

    /// What clients see.
    public var text: String {
        Base64URL.encode(self.values.joined(separator: String(Unicode.Scalar(Self.separator))).utf8)
    }
}
