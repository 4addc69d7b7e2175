internal import Redis

extension CacheStore {
    /// Begins to count where nothing stands, and, if asked, counts on. All in Redis: the clocks of several machines disagree.
    private static let countEdition = RedisScript(
        """
        if redis.call('SET', KEYS[1], ARGV[1], 'NX') then return tonumber(ARGV[1]) end
        if ARGV[2] == '1' then return redis.call('INCR', KEYS[1]) end
        return tonumber(redis.call('GET', KEYS[1]))
        """
    )

    /// The number in a key; nil when Redis does not say.
    ///
    /// - Parameter first: The number to begin with where there is none, such as the time: higher than all that were before.
    func edition(_ key: String, first: Int64) async throws(CancellationError) -> Int64? {
        guard let kept = try await self.guarded({ try await $0.get(key) }) else { return nil }
        if let kept, let number = Int64(String(decoding: kept, as: UTF8.self)) { return number }
        return try await self.countEdition(key, first: first, on: false)
    }

    /// Counts on; nil when Redis does not answer.
    func nextEdition(_ key: String, first: Int64) async throws(CancellationError) -> Int64? {
        try await self.countEdition(key, first: first, on: true)
    }

    private func countEdition(_ key: String, first: Int64, on: Bool) async throws(CancellationError) -> Int64? {
        let arguments = [RedisArgument(String(first)), RedisArgument(on ? "1" : "0")]
        let reply = try await self.guarded { redis in
            try await redis.eval(Self.countEdition, keys: [key], arguments: arguments)
        }
        return reply?.integer
    }
}
