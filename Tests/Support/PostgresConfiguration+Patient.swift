public import Postgres

extension PostgresConfiguration {
    /// The same, for a machine that may be busy with other things: tests are of what happens, not of how soon.
    public var patient: PostgresConfiguration {
        var configuration = self
        configuration.connectTimeout = .seconds(20)
        configuration.acquireTimeout = .seconds(60)
        configuration.statementTimeout = .seconds(60)
        configuration.idleInTransactionTimeout = .seconds(300)
        return configuration
    }
}
