public import NIOSSL
public import Resilience

/// How an ``RPCClient`` connects and guards its calls.
public struct RPCClientConfiguration: Sendable {
    /// Connections to each endpoint. At least 1. Defaults to 2.
    public var connectionsPerEndpoint: Int = 2

    /// The longest a TCP connection may take to open, and then again for the server's first frame. Defaults to one second.
    public var connectTimeout: Duration = .seconds(1)

    /// The wait between attempts to connect to an endpoint. Defaults to 50 ms up to 2 s.
    public var reconnectBackoff = Backoff(base: .milliseconds(50), maximum: .seconds(2))

    /// The longest a call waits for a connection with room, within its deadline. Defaults to one second.
    public var connectionPatience: Duration = .seconds(1)

    /// Calls that may wait for a connection at a time; more are refused. Defaults to 1000.
    public var maximumWaitingCalls: Int = 1000

    /// How much longer than the server the client waits, so that the server can answer `DEADLINE_EXCEEDED` itself and no
    /// stream has to be reset. Defaults to 25 ms.
    public var deadlineSlack: Duration = .milliseconds(25)

    /// How often a call is sent to another endpoint when it certainly was not processed. Free of the retry budget. Defaults to 3.
    public var maximumFailovers: Int = 3

    /// Attempts of methods that may be retried. Defaults to 3 with 20 ms to 1 s of full jitter.
    public var retry = RetryPolicy()

    /// The breaker of the whole target.
    public var breaker = BreakerConfiguration()

    /// The longest message, in bytes, that is sent or accepted. Defaults to 4 MiB.
    public var maximumMessageLength: Int = 4 * 1024 * 1024

    /// How many bytes the server may send ahead on a connection. Defaults to 8 MiB.
    public var connectionWindow: Int = 8 * 1024 * 1024

    /// How many bytes the server may send ahead in one call. Defaults to 1 MiB.
    public var streamWindow: Int = 1024 * 1024

    /// A connection with waiting calls that was silent for so long is pinged. Defaults to ten seconds.
    public var keepAliveInterval: Duration = .seconds(10)

    /// A connection whose ping is not answered in this time is closed. Defaults to two seconds.
    public var keepAliveTimeout: Duration = .seconds(2)

    /// How often a watched file of endpoints is looked at. Defaults to half a second.
    public var endpointPollInterval: Duration = .milliseconds(500)

    /// How often a host name is looked up, give or take a fifth. Defaults to five seconds.
    public var nameLookupInterval: Duration = .seconds(5)

    /// The secret that is sent as `authorization: Bearer <secret>` with every call, if any.
    public var bearerToken: String?

    /// TLS towards the server, or `nil` for plain TCP.
    public var tls: TLS?

    /// How the server is verified.
    public struct TLS: Sendable {
        /// Trust roots, own certificate and protocols; ALPN must offer `h2`.
        public var context: NIOSSLContext
        /// The name that the certificate must have; `nil` for the endpoint's host.
        public var serverName: String?

        /// TLS with the given context.
        public init(context: NIOSSLContext, serverName: String? = nil) {
            self.context = context
            self.serverName = serverName
        }
    }

    /// The defaults.
    public init() {}
}
