/// What is wrong with one field of a request.
public struct FieldError: Sendable, Hashable, Encodable {
    /// Where: a JSON pointer as a URI fragment (RFC 6901, section 6), such as `#/items/0/quantity`.
    public var pointer: String

    /// What, such as `must be at least 1`.
    public var detail: String

    /// Creates a field error.
    ///
    /// - Parameters:
    ///   - pointer: `#/quantity`; use ``pointer(_:)`` for parts that hold `/` or `~`.
    ///   - detail: What is wrong.
    public init(pointer: String, detail: String) {
        self.pointer = pointer
        self.detail = detail
    }

    /// The pointer to a nested field.
    public static func pointer(_ path: [String]) -> String {
        guard !path.isEmpty else { return "#" }
        return "#"
            + path.map { "/" + $0.replacing("~", with: "~0").replacing("/", with: "~1") }.joined()
    }
}
