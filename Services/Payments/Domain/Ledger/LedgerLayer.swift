/// Whether an entry counts or is only promised.
public enum LedgerLayer: Int16, Sendable, Hashable {
    case posted = 0
    case pending = 1
}
