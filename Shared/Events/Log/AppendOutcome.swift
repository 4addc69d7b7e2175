/// What became of an append.
public enum AppendOutcome: Hashable, Sendable {
    /// All events are in the log and confirmed as the log is set up to confirm.
    case appended(LogPosition)
    /// Nothing was written: the log ends elsewhere, namely here. ``LogPosition/start`` when it is empty.
    case tail(LogPosition)
    /// Nothing was written: the partition holds as much as it may.
    case full
    /// Written, but not confirmed (by a replica, say): it may be lost yet.
    case unconfirmed
}
