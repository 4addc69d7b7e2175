public import Redis
internal import Synchronization

/// The log on Redis Streams: one stream for each partition, and entry ids that are positions.
///
/// An append compares the stream's last id with where the relay believes it to be and adds the entries in one script, so
/// neither a double, nor a relay that lost its lease, nor a stream that lost its tail can bring the order into disarray.
/// Readers need no groups and no acknowledgements: they read behind a position that they keep in PostgreSQL.
///
/// Keys: `ev:<topic>:<partition>` (stream), `…:groups` (hash of positions), `ev:<topic>:resend` (hash), `ev:<topic>:nudge`
/// (a short stream). Redis must not evict (`noeviction`).
public final class RedisEventLog: EventLog {
    /// How an append is bounded and confirmed.
    public struct Configuration: Sendable {
        /// The most events that one partition's stream holds; more stay in PostgreSQL until readers have caught up.
        /// Defaults to 10,000.
        public var capacity = 10_000
        /// How many replicas must confirm an append. Defaults to 0: the outbox has it anyway.
        public var replicas = 0
        /// How long to wait for them. Defaults to 100 ms.
        public var replicaTimeout: Duration = .milliseconds(100)

        /// The defaults.
        public init() {}
    }

    private let redis: RedisClient
    private let configuration: Configuration
    /// The last nudge seen, by topic.
    private let nudges = Mutex<[String: StreamID]>([:])

    /// A log on a Redis.
    public init(redis: RedisClient, configuration: Configuration = Configuration()) {
        self.redis = redis
        self.configuration = configuration
    }

    public func append(_ requests: [AppendRequest]) async throws -> [AppendOutcome] {
        guard requests.count > 1 else {
            guard let request = requests.first else { return [] }
            return [try await self.append(request)]
        }
        return try await withThrowingTaskGroup(of: (Int, AppendOutcome).self) { group in
            for (index, request) in requests.enumerated() {
                group.addTask { (index, try await self.append(request)) }
            }
            var outcomes = [AppendOutcome](repeating: .unconfirmed, count: requests.count)
            for try await (index, outcome) in group { outcomes[index] = outcome }
            return outcomes
        }
    }

    private func append(_ request: AppendRequest) async throws -> AppendOutcome {
        var arguments: [RedisArgument] = [
            RedisArgument(request.after.description), RedisArgument(self.configuration.capacity),
            RedisArgument(RedisRecord.width),
        ]
        arguments.reserveCapacity(3 + request.events.count * (RedisRecord.width + 1))
        for event in request.events {
            arguments.append(RedisArgument(event.position.description))
            RedisRecord.append(event, to: &arguments)
        }
        let key = RedisKey.stream(request.partition)
        let answer = try await self.redis.eval(RedisLogScript.append, keys: [key], arguments: arguments)
        return try await self.outcome(of: answer, request)
    }

    private func outcome(of answer: RedisValue, _ request: AppendRequest) async throws -> AppendOutcome {
        switch answer.elements?.first?.text {
        case "OK":
            guard self.configuration.replicas > 0 else { break }
            let confirmed = try await self.redis.waitForReplicas(
                self.configuration.replicas, timeout: self.configuration.replicaTimeout
            )
            guard confirmed >= self.configuration.replicas else { return .unconfirmed }
        case "FULL":
            return .full
        case "TAIL":
            guard let position = answer.elements?.last?.text.flatMap({ LogPosition($0) }) else { fallthrough }
            return .tail(position)
        default:
            throw RedisError(.protocolViolation, "The append script gave an unknown answer")
        }
        return .appended(request.events.last?.position ?? request.after)
    }

    public func read(_ cursors: [LogCursor], limit: Int, wait: Duration) async throws -> [LogBatch] {
        var positions: [String: StreamID] = [:]
        var partitions: [String: LogPartition] = [:]
        for cursor in cursors {
            let key = RedisKey.stream(cursor.partition)
            positions[key] = StreamID(cursor.position)
            partitions[key] = cursor.partition
        }
        let found = try await self.redis.xread(positions, count: limit, blocking: wait > .zero ? wait : nil)
        return try found.compactMap { key, entries in
            guard let partition = partitions[key], !entries.isEmpty else { return nil }
            return LogBatch(partition: partition, events: try entries.map { try RedisRecord.event($0, partition) })
        }
    }

    public func extent(of partitions: [LogPartition]) async throws -> [LogExtent] {
        let commands = partitions.map { ["XINFO", "STREAM", RedisArgument(RedisKey.stream($0))] as [RedisArgument] }
        return try await self.redis.pipeline(commands).map { result in
            switch result {
            case .success(let value): try LogExtent(value)
            case .failure(let error) where error.message == "ERR no such key": .unknown
            case .failure(let error): throw error
            }
        }
    }

    public func restart(at cursor: LogCursor) async throws {
        try await self.redis.eval(
            RedisLogScript.restart, keys: [RedisKey.stream(cursor.partition)],
            arguments: [RedisArgument(cursor.position.description)]
        )
    }

    public func trim(below cursor: LogCursor) async throws {
        try await self.redis.xtrim(RedisKey.stream(cursor.partition), below: StreamID(cursor.position))
    }
}

extension RedisEventLog {
    public func report(_ cursors: [LogCursor], of group: String) async throws {
        let commands = cursors.map { cursor -> [RedisArgument] in
            [
                "HSET", RedisArgument(RedisKey.groups(cursor.partition)), RedisArgument(group),
                RedisArgument(cursor.position.description),
            ]
        }
        for result in try await self.redis.pipeline(commands) { _ = try result.get() }
    }

    public func positions(of partitions: [LogPartition]) async throws -> [[String: LogPosition]] {
        let commands = partitions.map { ["HGETALL", RedisArgument(RedisKey.groups($0))] as [RedisArgument] }
        return try await self.redis.pipeline(commands).map { result in
            (try result.get().fields ?? [:]).compactMapValues { value in value.text.flatMap { LogPosition($0) } }
        }
    }

    public func forget(group: String, in partitions: [LogPartition]) async throws {
        let commands = partitions.map { ["HDEL", RedisArgument(RedisKey.groups($0)), RedisArgument(group)] as [RedisArgument] }
        for result in try await self.redis.pipeline(commands) { _ = try result.get() }
    }

    public func requestResend(after cursor: LogCursor) async throws {
        try await self.redis.send([
            "HSET", RedisArgument(RedisKey.resend(cursor.partition.topic)), RedisArgument(cursor.partition.index),
            RedisArgument(cursor.position.description),
        ])
    }

    public func takeResendRequests(of topic: String) async throws -> [LogCursor] {
        let answer = try await self.redis.eval(RedisLogScript.take, keys: [RedisKey.resend(topic)])
        return (answer.fields ?? [:]).compactMap { index, value in
            guard let index = Int(index), let position = value.text.flatMap({ LogPosition($0) }) else { return nil }
            return LogCursor(partition: LogPartition(topic: topic, index: index), position: position)
        }
    }

    public func nudge(topic: String) async throws {
        try await self.redis.send(["XADD", RedisArgument(RedisKey.nudge(topic)), "MAXLEN", "4", "*", "n", "1"])
    }

    public func awaitNudge(of topic: String, atMost wait: Duration) async throws -> Bool {
        let key = RedisKey.nudge(topic)
        let seen: StreamID
        if let known = self.nudges.withLock({ $0[topic] }) {
            seen = known
        } else {
            seen = try await self.redis.xinfo(key)?.lastGeneratedID ?? .zero
            self.nudges.withLock { $0[topic] = seen }
        }
        let found = try await self.redis.xread([key: seen], count: 4, blocking: wait)
        guard let last = found[key]?.last else {
            // After a loss of the log its ids may begin anew, below the last one seen.
            self.nudges.withLock { $0[topic] = nil }
            return false
        }
        self.nudges.withLock { $0[topic] = last.id }
        return true
    }
}

extension StreamID {
    /// A position as an entry's id.
    init(_ position: LogPosition) {
        self.init(major: UInt64(position.epoch), minor: UInt64(position.sequence))
    }
}

extension LogExtent {
    /// Reads what `XINFO STREAM` answers.
    init(_ value: RedisValue) throws(RedisError) {
        guard let fields = value.fields, let count = fields["length"]?.integer,
            let tail = fields["last-generated-id"]?.text.flatMap({ LogPosition($0) })
        else { throw RedisError(.protocolViolation, "XINFO STREAM answered without length or last id") }
        let first = fields["first-entry"]?.elements?.first?.text.flatMap { LogPosition($0) }
        self.init(tail: tail, first: first, count: Int(count))
    }
}
