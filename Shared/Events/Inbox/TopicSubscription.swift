/// A topic that a consumer reads.
public struct TopicSubscription: Hashable, Sendable {
    /// The producer's topic.
    public let topic: String
    /// How many partitions it has.
    public let partitions: Int

    /// Subscribes to a topic.
    ///
    /// - Parameters:
    ///   - topic: The producer's topic.
    ///   - partitions: As the producer's ``Outbox/partitions``. Defaults to 8.
    public init(topic: String, partitions: Int = 8) {
        self.topic = topic
        self.partitions = partitions
    }

    /// The topic's partitions.
    var all: [LogPartition] {
        (0..<self.partitions).map { LogPartition(topic: self.topic, index: $0) }
    }
}
