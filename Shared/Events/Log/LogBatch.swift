/// Events read from one partition.
public struct LogBatch: Sendable {
    /// The partition.
    public let partition: LogPartition
    /// The events in order, at least one.
    public let events: [EventEnvelope]

    /// Makes a batch.
    public init(partition: LogPartition, events: [EventEnvelope]) {
        self.partition = partition
        self.events = events
    }
}
