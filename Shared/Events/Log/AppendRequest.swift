/// Events to append to one partition.
public struct AppendRequest: Sendable {
    /// Where to.
    public let partition: LogPartition
    /// Where the log must end for the append to take place.
    public let after: LogPosition
    /// The events in order.
    public let events: [EventEnvelope]

    /// Makes a request.
    public init(partition: LogPartition, after: LogPosition, events: [EventEnvelope]) {
        self.partition = partition
        self.after = after
        self.events = events
    }
}
