internal import Redis

/// An event as the fields of a stream's entry: CloudEvents' names, always the same fields in the same order, which Redis
/// stores without repeating the names.
enum RedisRecord {
    private static let names: [RedisArgument] = [
        "id", "source", "type", "subject", "time", "aggregatetype", "version", "previousepoch", "traceparent", "data",
    ]

    /// How many words an entry has after its id.
    static let width = 2 * names.count

    /// Adds an event's fields to a command.
    static func append(_ event: EventEnvelope, to words: inout [RedisArgument]) {
        let values: [RedisArgument] = [
            RedisArgument(event.id), RedisArgument(event.source), RedisArgument(event.type), RedisArgument(event.subject),
            RedisArgument(Timestamp.text(event.time)), RedisArgument(event.aggregateType),
            RedisArgument(event.aggregateVersion), RedisArgument(event.previous.epoch),
            RedisArgument(event.traceparent ?? ""), RedisArgument(event.payload),
        ]
        for (name, value) in zip(self.names, values) {
            words.append(name)
            words.append(value)
        }
    }

    /// Reads an entry.
    ///
    /// - Throws: ``EventError`` with `malformedRecord`.
    static func event(_ entry: StreamEntry, _ partition: LogPartition) throws(EventError) -> EventEnvelope {
        func text(_ name: String) throws(EventError) -> String {
            guard let bytes = entry[name] else {
                throw EventError(.malformedRecord, "the entry \(entry.id) of \(partition) has no \(name)")
            }
            return String(decoding: bytes, as: UTF8.self)
        }
        let position = LogPosition(epoch: Int64(entry.id.major), sequence: Int64(entry.id.minor))
        guard let previousEpoch = Int64(try text("previousepoch")), let version = Int64(try text("version")),
            let time = Timestamp.date(try text("time"))
        else { throw EventError(.malformedRecord, "the entry \(entry.id) of \(partition) has a wrong number or time") }
        let traceparent = try text("traceparent")
        return EventEnvelope(
            id: try text("id"), source: try text("source"), type: try text("type"), subject: try text("subject"),
            aggregateType: try text("aggregatetype"), aggregateVersion: version, time: time,
            traceparent: traceparent.isEmpty ? nil : traceparent, payload: entry["data"] ?? [],
            partition: partition, position: position,
            previous: LogPosition(epoch: previousEpoch, sequence: position.sequence - 1)
        )
    }
}
