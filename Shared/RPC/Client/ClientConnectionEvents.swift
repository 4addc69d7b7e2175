/// What a client connection tells its owner. Called on the connection's event loop.
struct ClientConnectionEvents: Sendable {
    /// The server's settings are here: calls may begin, so many at a time. Also when the number changes.
    var ready: @Sendable (_ limit: Int) -> Void
    /// No new calls on this connection; those under way go on.
    var draining: @Sendable () -> Void
    /// The connection is gone.
    var closed: @Sendable () -> Void
}
