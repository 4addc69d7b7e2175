/// On which version of a product's details a change is based.
enum SeenVersion: Hashable, Sendable {
    /// Whatever it is.
    case any
    /// One of these; none for a client that has seen something that never was.
    case oneOf(Set<Int64>)

    /// Whether a change may be made to details of this version.
    func holds(for version: Int64) -> Bool {
        switch self {
        case .any: true
        case .oneOf(let versions): versions.contains(version)
        }
    }
}
