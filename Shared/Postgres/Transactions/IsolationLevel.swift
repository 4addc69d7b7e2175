/// How much a transaction sees of what others do meanwhile.
public enum IsolationLevel: Sendable, Hashable {
    /// Each statement sees what was committed before it began.
    case readCommitted
    /// All statements see what was committed before the first one; a write to a row changed since fails with 40001.
    case repeatableRead
    /// As if transactions ran one after the other; fails with 40001 when that cannot be kept up.
    case serializable

    var begin: PostgresQuery {
        switch self {
        case .readCommitted: "BEGIN"
        case .repeatableRead: "BEGIN ISOLATION LEVEL REPEATABLE READ"
        case .serializable: "BEGIN ISOLATION LEVEL SERIALIZABLE"
        }
    }
}
