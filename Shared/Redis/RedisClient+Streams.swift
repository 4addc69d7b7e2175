internal import Resilience

extension RedisClient {
    /// Appends an entry to a stream.
    ///
    /// - Parameters:
    ///   - stream: The stream's key.
    ///   - id: The entry's id, which must be higher than the stream's last; nil lets Redis choose one.
    ///   - fields: At least one field.
    /// - Returns: The entry's id.
    @discardableResult
    public func xadd(_ stream: String, id: StreamID? = nil, fields: [StreamEntry.Field]) async throws -> StreamID {
        var command: [RedisArgument] = ["XADD", RedisArgument(stream), RedisArgument(id?.description ?? "*")]
        for field in fields { command += [RedisArgument(field.name), RedisArgument(field.value)] }
        guard let added = try await self.send(command).text.flatMap(StreamID.init) else {
            throw RedisError(.protocolViolation, "XADD did not answer with an id")
        }
        return added
    }

    /// Reads the entries behind given positions, from several streams at once.
    ///
    /// A read that blocks uses a connection of its own, so it never holds up other commands.
    ///
    /// - Parameters:
    ///   - positions: For each stream's key the id behind which to read.
    ///   - count: At most this many entries of each stream.
    ///   - blocking: How long to wait for the first entry; nil returns at once. Cut to the task's deadline.
    /// - Returns: The entries of those streams that have any.
    public func xread(
        _ positions: [String: StreamID], count: Int, blocking: Duration? = nil
    ) async throws -> [String: [StreamEntry]] {
        guard !positions.isEmpty else { return [:] }
        var command: [RedisArgument] = ["XREAD", "COUNT", RedisArgument(count)]
        var limit: Duration?
        if let blocking {
            let wait = CallScope.current.deadline.map { min(blocking, $0.remaining) } ?? blocking
            // BLOCK 0 would mean for ever.
            let milliseconds = max(1, wait.inMilliseconds)
            command += ["BLOCK", RedisArgument(milliseconds)]
            limit = .milliseconds(milliseconds)
        }
        command.append("STREAMS")
        let ordered = positions.sorted { $0.key < $1.key }
        command += ordered.map { RedisArgument($0.key) } + ordered.map { RedisArgument($0.value.description) }
        let reply =
            if let limit { try await self.sendBlocking(command, limit: limit) } else { try await self.send(command) }
        return try Self.entries(reply)
    }

    /// Reads the entries between two ids, both included, in order.
    public func xrange(
        _ stream: String, from: StreamID = .zero, through: StreamID? = nil, count: Int
    ) async throws -> [StreamEntry] {
        let end = RedisArgument(through?.description ?? "+")
        return try StreamEntry.list(
            await self.send([
                "XRANGE", RedisArgument(stream), RedisArgument(from.description), end, "COUNT", RedisArgument(count),
            ])
        )
    }

    /// Removes the entries below an id.
    ///
    /// - Returns: How many there were.
    @discardableResult
    public func xtrim(_ stream: String, below id: StreamID) async throws -> Int {
        try await self.integer(["XTRIM", RedisArgument(stream), "MINID", RedisArgument(id.description)])
    }

    /// How many entries a stream has; 0 when there is no such stream.
    public func xlen(_ stream: String) async throws -> Int {
        try await self.integer(["XLEN", RedisArgument(stream)])
    }

    /// Describes a stream, or answers nil when there is none.
    public func xinfo(_ stream: String) async throws -> StreamInfo? {
        do {
            return try StreamInfo(await self.send(["XINFO", "STREAM", RedisArgument(stream)]))
        } catch let error as RedisError where error.message == "ERR no such key" {
            return nil
        }
    }

    /// Waits until replicas have confirmed all writes of this client's connection that were sent before.
    ///
    /// The connection is shared and `WAIT` holds it up, so keep the timeout short.
    ///
    /// - Returns: How many replicas confirmed in time.
    public func waitForReplicas(_ count: Int, timeout: Duration) async throws -> Int {
        try await self.integer(["WAIT", RedisArgument(count), RedisArgument(max(1, timeout.inMilliseconds))])
    }

    private static func entries(_ reply: RedisValue) throws(RedisError) -> [String: [StreamEntry]] {
        if reply.isNull { return [:] }
        var result: [String: [StreamEntry]] = [:]
        for element in reply.elements ?? [] {
            guard let parts = element.elements, parts.count == 2, let key = parts[0].text else {
                throw RedisError(.protocolViolation, "XREAD answers with pairs of stream and entries")
            }
            result[key] = try StreamEntry.list(parts[1])
        }
        return result
    }
}
