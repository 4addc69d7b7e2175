import Logging
public import Redis

extension ServiceHost {
    /// The cache: it may vanish at any time, and nothing may depend on what it holds. Read from `REDIS_CACHE_URL`.
    public func redisCache() throws -> RedisClient {
        try self.redis(DataSettings.redisCacheURL)
    }

    /// The Redis that carries the event log. Read from `REDIS_LOG_URL`.
    public func redisLog() throws -> RedisClient {
        try self.redis(DataSettings.redisLogURL)
    }

    private func redis(_ setting: Setting<String>) throws -> RedisClient {
        var configuration: RedisConfiguration
        do {
            configuration = try RedisConfiguration(url: try self.settings.value(setting))
        } catch let error as RedisError {
            throw ConfigurationError("\(setting.name) cannot be used: \(error)")
        }
        // A Sentinel that is asked too early names the dead server once more: ask again soon.
        if configuration.sentinel != nil { configuration.maximumBackoff = .milliseconds(400) }
        let client = RedisClient(configuration: configuration, logger: self.logger)
        self.run { await client.run() }
        return client
    }
}
