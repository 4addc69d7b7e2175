/// A parked event that its consumer tries again: where it stands and what it is about, without its contents.
public struct RedrivenEvent: Hashable, Sendable {
    /// The event's identity.
    public let id: String
    /// The aggregate it is about.
    public let subject: String
    /// The topic and partition it came in.
    public let partition: LogPartition
    /// Its place in the partition.
    public let position: LogPosition
}
