/// The metadata keys of this module's log lines.
enum PostgresLogKey {
    static let error = "postgres.error"
    static let sqlState = "postgres.sqlstate"
    static let migration = "postgres.migration"
    static let attempt = "postgres.attempt"
}
