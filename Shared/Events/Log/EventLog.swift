/// A partitioned, ordered log of events with the consumers' positions kept elsewhere.
///
/// What all engines (Redis Streams, Kafka, RabbitMQ streams) can do: confirm an append, read again from any position, tell
/// their tail, forget the oldest. The log may lose everything at any time: the outbox still has it and sends it again.
///
/// Beside the events it carries notes from consumers to the producer: positions (so that the log can be trimmed), requests
/// to send something again, and nudges between the instances of a producer. Losing notes costs time, never an event.
public protocol EventLog: Sendable {
    /// Appends events where the log ends exactly where the caller believes.
    ///
    /// - Returns: One outcome for each request, in order.
    /// - Throws: The engine's error when the outcome is unknown for all.
    func append(_ requests: [AppendRequest]) async throws -> [AppendOutcome]

    /// Reads the events behind given positions, from several partitions at once.
    ///
    /// - Parameters:
    ///   - cursors: Where to read on; one entry for each partition.
    ///   - limit: At most this many events of each partition.
    ///   - wait: How long to wait for the first event.
    /// - Returns: The partitions that have something, each with its events in order.
    func read(_ cursors: [LogCursor], limit: Int, wait: Duration) async throws -> [LogBatch]

    /// How far the partitions reach.
    ///
    /// - Returns: One entry for each partition, in order.
    func extent(of partitions: [LogPartition]) async throws -> [LogExtent]

    /// Empties a partition and lets it begin behind a position.
    func restart(at cursor: LogCursor) async throws

    /// Forgets what lies below a position.
    func trim(below cursor: LogCursor) async throws

    /// Notes how far a group has applied.
    func report(_ cursors: [LogCursor], of group: String) async throws

    /// The positions that groups have reported.
    ///
    /// - Returns: One dictionary by group for each partition, in order.
    func positions(of partitions: [LogPartition]) async throws -> [[String: LogPosition]]

    /// Removes a group's reports, for a consumer that is gone for good.
    func forget(group: String, in partitions: [LogPartition]) async throws

    /// Asks the producer to send again what lies behind a position.
    func requestResend(after cursor: LogCursor) async throws

    /// Takes the requests of ``requestResend(after:)`` out of the log.
    func takeResendRequests(of topic: String) async throws -> [LogCursor]

    /// Tells the relay that owns a topic, in another process, that there is something to publish.
    func nudge(topic: String) async throws

    /// Waits for a nudge that comes after this call began or since the last one it returned.
    ///
    /// - Returns: Whether one came in time.
    func awaitNudge(of topic: String, atMost wait: Duration) async throws -> Bool
}
