/// The settings of databases and other services that a process speaks to.
public enum DataSettings {
    /// The service's own database.
    public static let databaseURL = Setting.string(
        "DATABASE_URL", default: nil, expectation: "a libpq URI such as postgresql://user:password@host:5432/database",
        help: "The service's own database.", isSecret: true)
    /// Whether the process applies migrations.
    public static let databaseMigrate = Setting.bool(
        "DATABASE_MIGRATE", default: true, help: "Whether missing migrations are applied at start.")
    /// The cache.
    public static let redisCacheURL = Setting.string(
        "REDIS_CACHE_URL", default: nil, expectation: "redis://host:port",
        help: "The Redis that caches; it may lose everything at any time.", isSecret: true)
    /// The event log.
    public static let redisLogURL = Setting.string(
        "REDIS_LOG_URL", default: nil, expectation: "redis://host:port, or redis+sentinel://host:port,host:port/name",
        help: "The Redis that carries the event log.", isSecret: true)
    /// The key of read-after tokens.
    public static let readAfterSecret = Setting.string(
        "READ_AFTER_SECRET", default: nil, isRequired: false, expectation: "a text of 16 characters or more, the same for all instances",
        help: "Signs Souk-Read-After tokens; without it none are given out.", isSecret: true)

    /// What a service with a database reads.
    public static let database: [any SettingDescription] = [databaseURL, databaseMigrate, readAfterSecret]
}
