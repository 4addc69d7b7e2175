/// A position in a partition.
public struct LogCursor: Hashable, Sendable {
    /// The partition.
    public let partition: LogPartition
    /// The position of the last event that is behind us.
    public let position: LogPosition

    /// Makes a cursor.
    public init(partition: LogPartition, position: LogPosition) {
        self.partition = partition
        self.position = position
    }
}
