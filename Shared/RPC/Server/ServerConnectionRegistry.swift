internal import Synchronization

/// All connections of a server, for its shutdown.
final class ServerConnectionRegistry: Sendable {
    private struct State {
        var connections: [ObjectIdentifier: LoopMailbox<ServerCommand>] = [:]
        var isClosing = false
        var emptied: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())

    /// The number of open connections.
    var count: Int { self.state.withLock { $0.connections.count } }

    /// Adds a connection.
    /// - Returns: Whether connections are still wanted.
    func add(_ connection: LoopMailbox<ServerCommand>) -> Bool {
        self.state.withLock { state in
            state.connections[ObjectIdentifier(connection)] = connection
            return !state.isClosing
        }
    }

    /// Removes a connection that has closed.
    func remove(_ connection: LoopMailbox<ServerCommand>) {
        let emptied = self.state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.connections[ObjectIdentifier(connection)] = nil
            return state.connections.isEmpty ? state.emptied.take() : nil
        }
        emptied?.resume()
    }

    /// Sends a command to all connections and wants no new ones.
    func closing(_ command: ServerCommand) {
        let connections = self.state.withLock { state in
            state.isClosing = true
            return Array(state.connections.values)
        }
        for connection in connections {
            _ = connection.post(command)
        }
    }

    /// Waits until no connection is open. For one waiter.
    func waitUntilEmpty() async {
        await withCheckedContinuation { continuation in
            let isEmpty = self.state.withLock { state in
                if !state.connections.isEmpty {
                    state.emptied = continuation
                }
                return state.connections.isEmpty
            }
            if isEmpty {
                continuation.resume()
            }
        }
    }
}
