internal import Logging
internal import Readiness
internal import Synchronization

/// Connections for commands that block in the server, so that they never hold up the shared pipeline.
/// They are opened when needed and used again.
final class BlockingConnections: Sendable {
    private struct State {
        var idle: [RedisConnection] = []
        var all: [RedisConnection] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    private let configuration: RedisConfiguration
    private let make: @Sendable () -> RedisConnection

    init(configuration: RedisConfiguration, make: @escaping @Sendable () -> RedisConnection) {
        self.configuration = configuration
        self.make = make
    }

    /// Lends a connection for the time of the closure.
    func withConnection<Result>(_ body: (RedisConnection) async throws -> Result) async throws -> Result {
        let connection = try self.take()
        defer { self.state.withLock { $0.idle.append(connection) } }
        return try await body(connection)
    }

    /// Closes all connections; those who wait get ``RedisError/Code/closed``.
    func close() async {
        let all = self.state.withLock { state in
            state.isClosed = true
            return state.all
        }
        for connection in all { await connection.stop() }
    }

    private func take() throws(RedisError) -> RedisConnection {
        try self.state.withLock { state throws(RedisError) in
            if state.isClosed { throw RedisError(.closed, "The Redis client was shut down") }
            if let connection = state.idle.popLast() { return connection }
            guard state.all.count < self.configuration.maximumBlockingConnections else {
                throw RedisError(.overloaded, "\(state.all.count) blocking reads are under way already")
            }
            let connection = self.make()
            state.all.append(connection)
            return connection
        }
    }
}
