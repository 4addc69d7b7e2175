/// Where a Redis is, and how patient its client is.
public struct RedisConfiguration: Sendable {
    /// Host name or numeric address. Not used where there is a ``sentinel``.
    public var host: String
    /// TCP port. Not used where there is a ``sentinel``.
    public var port: Int
    /// Who knows where the server is, asked before each attempt to connect; nil means that it is at ``host`` and ``port``.
    public var sentinel: SentinelGroup?
    /// The ACL user; nil means the default user.
    public var username: String?
    /// The password, sent by `AUTH` on each connection; nil means none is needed.
    public var password: String?
    /// The database selected on each connection. Defaults to 0.
    public var database: Int = 0
    /// How long a command may take when the caller's own deadline is not earlier. Defaults to 1 s.
    ///
    /// A connection that gives no byte for this long while an answer is due is closed and opened again.
    public var commandTimeout: Duration = .seconds(1)
    /// How long opening a connection may take, greeting included. Defaults to 1 s.
    public var connectTimeout: Duration = .seconds(1)
    /// The first pause before a new attempt to connect; it doubles with each failure, with jitter. Defaults to 20 ms.
    public var minimumBackoff: Duration = .milliseconds(20)
    /// The longest pause between two attempts to connect. Defaults to 1 s.
    public var maximumBackoff: Duration = .seconds(1)
    /// How many commands may wait for answers at once; more are refused as ``RedisError/Code/overloaded``.
    /// Defaults to 20,000.
    public var maximumPendingCommands: Int = 20_000
    /// How many connections may be blocked in `XREAD` at once. Defaults to 64.
    public var maximumBlockingConnections: Int = 64
    /// Whether a connection to a replica is refused, so that a client of the event log finds the primary again
    /// after a failover. Defaults to false.
    public var requiresPrimary: Bool = false
    /// The name that `CLIENT LIST` shows; nil sets none. Must not contain spaces.
    public var clientName: String?

    /// Creates a configuration with the default patience.
    public init(host: String = "127.0.0.1", port: Int = 6379, username: String? = nil, password: String? = nil) {
        self.host = host
        self.port = port
        self.username = username
        self.password = password
    }
}

extension RedisConfiguration: CustomStringConvertible {
    /// Where it is and the database, without the credentials.
    public var description: String {
        guard let sentinel else { return "redis://\(RedisAddress(host: self.host, port: self.port))/\(self.database)" }
        let sentinels = sentinel.sentinels.map(\.description).joined(separator: ",")
        return "redis+sentinel://\(sentinels)/\(sentinel.primary)/\(self.database)"
    }
}
