/// Where the database is and how much of it one process may use.
public struct PostgresConfiguration: Sendable {
    /// A libpq URI, also with several hosts: `postgresql://cart@db1,db2/cart?target_session_attrs=read-write`.
    public let url: String
    /// What `pg_stat_activity` shows. Defaults to `souk`.
    public var applicationName = "souk"
    /// Connections on which the statements of all tasks are pipelined. Defaults to 2; at least 1.
    public var pipelineConnections = 2
    /// The most connections leased to transactions at a time. Defaults to 8; at least 1.
    public var transactionConnections = 8
    /// Transaction connections that are kept open. Defaults to 1.
    public var minimumTransactionConnections = 1
    /// How long a spare transaction connection stays open unused. Defaults to 60 seconds.
    public var idleTimeout = Duration.seconds(60)
    /// After how long the server gives up a statement. Defaults to 10 seconds.
    public var statementTimeout = Duration.seconds(10)
    /// After how long the server ends a transaction that does nothing. Defaults to 30 seconds.
    public var idleInTransactionTimeout = Duration.seconds(30)
    /// How long one attempt to connect to one host may take. Defaults to 2 seconds.
    public var connectTimeout = Duration.seconds(2)
    /// How long a caller without a deadline waits for a connection. Defaults to 5 seconds.
    public var acquireTimeout = Duration.seconds(5)
    /// The most statements that wait for a pipeline connection, and the most transactions that wait for theirs. Beyond it
    /// callers fail at once. Defaults to 10,000.
    public var maximumWaiters = 10_000
    /// Prepared statements kept for each connection; the least recently used one goes first. Defaults to 256.
    public var statementCacheSize = 256

    /// The URI's parts.
    let options: [String: String]

    /// Checks the URI; connects nowhere.
    ///
    /// - Throws: ``PostgresError`` of ``PostgresError/Code/configuration`` when libpq cannot read the URI.
    public init(url: String) throws {
        self.url = url
        self.options = try ConnectionParameters.options(of: url)
    }
}
