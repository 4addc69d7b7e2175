public import NIOSSL

/// The limits of an ``RPCServer``.
public struct RPCServerConfiguration: Sendable {
    /// Calls that one connection may have under way. Defaults to 1000.
    public var maximumConcurrentStreams: Int = 1000

    /// Calls that the whole server works on at a time; more are answered `RESOURCE_EXHAUSTED` at once. Defaults to 4000.
    public var maximumConcurrentCalls: Int = 4000

    /// The longest message, in bytes, that is accepted or sent. Defaults to 4 MiB.
    public var maximumMessageLength: Int = 4 * 1024 * 1024

    /// Bytes of unfinished requests that one connection may make the server keep. Defaults to 64 MiB.
    public var maximumBufferedBytes: Int = 64 * 1024 * 1024

    /// The longest header block, in bytes. Defaults to 64 KiB.
    public var maximumHeaderLength: Int = 64 * 1024

    /// How many bytes the client may send ahead on a connection. Defaults to 8 MiB.
    public var connectionWindow: Int = 8 * 1024 * 1024

    /// How many bytes the client may send ahead in one call. Defaults to 1 MiB.
    public var streamWindow: Int = 1024 * 1024

    /// Resets of streams that a client may make in 30 seconds before the connection is closed. Defaults to 1000.
    public var maximumResets: Int = 1000

    /// The deadline of calls that bring none. Defaults to 30 seconds.
    public var defaultTimeout: Duration = .seconds(30)

    /// A connection on which the client has said nothing for so long after it opened is closed. Defaults to ten seconds.
    public var handshakeTimeout: Duration = .seconds(10)

    /// After a graceful shutdown began, calls under way have so long to end. Defaults to ten seconds.
    public var drainTimeout: Duration = .seconds(10)

    /// TLS towards clients (certificate, key, trust roots for mutual TLS; ALPN `h2`), or `nil` for plain TCP.
    public var tls: NIOSSLContext?

    /// The defaults.
    public init() {}
}
