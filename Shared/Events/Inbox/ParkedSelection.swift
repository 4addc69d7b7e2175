internal import Postgres

/// Which of a group's parked events are meant.
public enum ParkedSelection: Hashable, Sendable {
    /// All of them.
    case all
    /// Those of one subject.
    case subject(String)
    /// The one with this identity.
    case event(id: String)
    /// The one with this number in its partition; after a new epoch two may have it.
    case place(LogPartition, sequence: Int64)

    /// Whether a row `c` of `inbox_parked` is meant.
    var condition: PostgresQuery {
        switch self {
        case .all: "true"
        case .subject(let subject): "c.subject = \(subject)"
        case .event(let id): "c.event_id = \(id)"
        case .place(let partition, let sequence):
            "c.topic = \(partition.topic) and c.part = \(partition.index) and c.pseq = \(sequence)"
        }
    }
}
