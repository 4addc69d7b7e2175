/// A JSON text as a tree. Numbers stay as they were written until it is known what they shall be.
enum JSONNode: Sendable, Hashable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONNode])
    case object([String: JSONNode])
}
