extension RedisClient {
    /// Asks whether Redis is there.
    public func ping() async throws {
        try await self.send(["PING"])
    }

    /// Reads a key.
    ///
    /// - Returns: Its bytes, or nil when there is none.
    public func get(_ key: String) async throws -> [UInt8]? {
        try await self.send(["GET", RedisArgument(key)]).bytes
    }

    /// Reads several keys at once.
    ///
    /// - Returns: One entry for each key, in order; nil where there is none.
    public func get(_ keys: [String]) async throws -> [[UInt8]?] {
        guard !keys.isEmpty else { return [] }
        let reply = try await self.send(["MGET"] + keys.map { RedisArgument($0) })
        return reply.elements?.map(\.bytes) ?? []
    }

    /// Writes a key.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - value: What it shall hold.
    ///   - expiry: When it disappears, at a resolution of milliseconds; nil means never.
    ///   - onlyIfAbsent: Whether a key that exists is left alone.
    /// - Returns: Whether the key was written.
    @discardableResult
    public func set(
        _ key: String, _ value: RedisArgument, expiry: Duration? = nil, onlyIfAbsent: Bool = false
    ) async throws -> Bool {
        var command: [RedisArgument] = ["SET", RedisArgument(key), value]
        if let expiry { command += ["PX", RedisArgument(max(1, expiry.inMilliseconds))] }
        if onlyIfAbsent { command.append("NX") }
        return try await !self.send(command).isNull
    }

    /// Removes keys.
    ///
    /// - Returns: How many of them there were.
    @discardableResult
    public func delete(_ keys: String...) async throws -> Int {
        try await self.integer(["DEL"] + keys.map { RedisArgument($0) })
    }

    /// Adds to the number in a key; a key that does not exist counts as 0.
    ///
    /// - Returns: The number afterwards.
    @discardableResult
    public func increment(_ key: String, by amount: Int = 1) async throws -> Int {
        try await self.integer(["INCRBY", RedisArgument(key), RedisArgument(amount)])
    }

    /// Lets a key disappear after a time.
    ///
    /// - Returns: Whether there was such a key.
    @discardableResult
    public func expire(_ key: String, after expiry: Duration) async throws -> Bool {
        try await self.integer(["PEXPIRE", RedisArgument(key), RedisArgument(max(1, expiry.inMilliseconds))]) == 1
    }

    /// How long a key will still be there, or nil when there is no such key or it stays for ever.
    public func timeToLive(_ key: String) async throws -> Duration? {
        let milliseconds = try await self.integer(["PTTL", RedisArgument(key)])
        return milliseconds < 0 ? nil : .milliseconds(milliseconds)
    }

    /// Sends a command that answers with a number.
    func integer(_ command: [RedisArgument]) async throws -> Int {
        guard let number = try await self.send(command).integer else {
            throw RedisError(.protocolViolation, "Redis did not answer with a number")
        }
        return Int(number)
    }
}

extension Duration {
    /// Whole milliseconds, rounded down.
    var inMilliseconds: Int64 {
        let (seconds, attoseconds) = self.components
        return seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    }
}
