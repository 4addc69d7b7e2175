internal import Synchronization

/// All connections of a server, for its shutdown.
final class ServerConnectionRegistry: Sendable {
    private struct State {
        var connections: [ObjectIdentifier: LoopMailbox<ServerCommand>] = [:]
        var isClosing = false
        var emptied: CheckedContinuation<Void, Never>?
        var isGivenUp = false
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

    /// Waits until no connection is open, or until ``giveUp()``. For one waiter.
    func waitUntilEmpty() async {
        await withCheckedContinuation { continuation in
            let isOver = self.state.withLock { state in
                let isOver = state.connections.isEmpty || state.isGivenUp
                if !isOver {
                    state.emptied = continuation
                }
                return isOver
            }
            if isOver {
                continuation.resume()
            }
        }
    }

    /// Ends the wait: a peer that never lets its connection close must not hold up the shutdown of a server.
    func giveUp() {
        let waiting = self.state.withLock { state in
            state.isGivenUp = true
            return state.emptied.take()
        }
        waiting?.resume()
    }
}
