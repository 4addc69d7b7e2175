/// The names of the log's keys in Redis.
enum RedisKey {
    /// The stream of a partition.
    static func stream(_ partition: LogPartition) -> String { "ev:\(partition.topic):\(partition.index)" }
    /// The positions that groups have reported for a partition.
    static func groups(_ partition: LogPartition) -> String { "ev:\(partition.topic):\(partition.index):groups" }
    /// The requests to send something of a topic again.
    static func resend(_ topic: String) -> String { "ev:\(topic):resend" }
    /// The nudges to a topic's relay.
    static func nudge(_ topic: String) -> String { "ev:\(topic):nudge" }
}
