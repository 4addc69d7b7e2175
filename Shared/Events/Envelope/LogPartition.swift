/// One ordered part of a topic.
public struct LogPartition: Hashable, Comparable, Sendable {
    /// The producer's topic, such as `orders`.
    public let topic: String
    /// The partition's number, from 0.
    public let index: Int

    /// Names a partition.
    public init(topic: String, index: Int) {
        self.topic = topic
        self.index = index
    }

    public static func < (left: LogPartition, right: LogPartition) -> Bool {
        (left.topic, left.index) < (right.topic, right.index)
    }
}

extension LogPartition: CustomStringConvertible {
    public var description: String { "\(self.topic):\(self.index)" }
}
