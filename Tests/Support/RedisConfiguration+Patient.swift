public import Redis

extension RedisConfiguration {
    /// The same, for a machine that may be busy with other things: tests are of what happens, not of how soon.
    public var patient: RedisConfiguration {
        var configuration = self
        configuration.commandTimeout = .seconds(60)
        configuration.connectTimeout = .seconds(20)
        return configuration
    }
}
