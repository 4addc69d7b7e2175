internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// The shell around ``BalancerCore``: locks it, and lets callers wait for a connection.
final class Balancer: Sendable {
    typealias Core = BalancerCore<ClientConnection>

    private struct Waiter {
        let excluded: Set<Endpoint>
        let continuation: CheckedContinuation<Core.Pick?, Never>
    }

    private struct State {
        var core: Core
        var random = SystemRandomNumberGenerator()
        var waiters: [UInt64: Waiter] = [:]
        var queue: [UInt64] = []
        var lastWaiter: UInt64 = 0
    }

    private let state: Mutex<State>
    private let maximumWaiters: Int
    private let dial: @Sendable (Core.Dial) -> Void

    /// A balancer without endpoints; `dial` is told what to open.
    init(connectionsPerEndpoint: Int, maximumWaiters: Int, dial: @escaping @Sendable (Core.Dial) -> Void) {
        self.state = Mutex(State(core: Core(connectionsPerEndpoint: connectionsPerEndpoint)))
        self.maximumWaiters = maximumWaiters
        self.dial = dial
    }

    /// Connections that take calls.
    var readyConnections: Int { self.state.withLock { $0.core.readyConnections } }

    /// Calls under way.
    var inFlight: Int { self.state.withLock { $0.core.inFlight } }

    /// What every endpoint carries now.
    var loads: [EndpointLoad] { self.state.withLock { $0.core.loads(at: .now) } }

    /// Takes a connection for one call, waiting for at most `patience` if none has room.
    /// - Returns: `nil` when there is none in that time.
    func acquire(excluding excluded: Set<Endpoint>, patience: Duration) async -> Core.Pick? {
        let pick = self.state.withLock { $0.core.pick(excluding: excluded, at: .now, using: &$0.random) }
        if let pick { return pick }
        return await self.wait(excluding: excluded, patience: patience)
    }

    /// Gives a connection back.
    func release(_ pick: Core.Pick, duration: Duration, failed: Bool?) {
        self.change { $0.release(pick.id, duration: duration, failed: failed, at: .now) }
    }

    /// Takes over a new list of endpoints.
    func update(_ endpoints: [Endpoint]) {
        let (dials, drain) = self.state.withLock { $0.core.update(endpoints) }
        dials.forEach(self.dial)
        drain.forEach { $0.drain() }
    }

    func isWanted(_ id: UInt64) -> Bool { self.state.withLock { $0.core.isWanted(id) } }

    func opened(_ id: UInt64, _ connection: ClientConnection) {
        if !self.change({ $0.opened(id, connection) }) {
            connection.drain()
        }
    }

    func ready(_ id: UInt64, limit: Int) { self.change { $0.ready(id, limit: limit) } }

    func draining(_ id: UInt64) { self.change { $0.draining(id) }.map(self.dial) }

    func closed(_ id: UInt64) { self.change { $0.closed(id) }.map(self.dial) }

    /// Drains all connections; whoever waits gets none.
    func shutDown() {
        self.change { $0.shutDown() }.forEach { $0.drain() }
    }

    /// Changes the core, then serves those who wait as far as there is room now.
    private func change<Result: Sendable>(_ body: (inout Core) -> Result) -> Result {
        let (result, served) = self.state.withLock { state in
            let result = body(&state.core)
            return (result, Self.serve(&state))
        }
        for (waiter, pick) in served {
            waiter.continuation.resume(returning: pick)
        }
        return result
    }

    private static func serve(_ state: inout State) -> [(Waiter, Core.Pick?)] {
        guard !state.waiters.isEmpty else { return [] }
        var served: [(Waiter, Core.Pick?)] = []
        while let id = state.queue.first {
            guard let waiter = state.waiters[id] else {
                state.queue.removeFirst()
                continue
            }
            let pick = state.core.pick(excluding: waiter.excluded, at: .now, using: &state.random)
            guard pick != nil || state.core.isHopeless else { break }
            state.queue.removeFirst()
            state.waiters[id] = nil
            served.append((waiter, pick))
        }
        return served
    }

    private func wait(excluding excluded: Set<Endpoint>, patience: Duration) async -> Core.Pick? {
        let id = self.state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                self.enqueue(id, Waiter(excluded: excluded, continuation: continuation), patience: patience)
            }
        } onCancel: {
            self.giveUp(id)
        }
    }

    private func enqueue(_ id: UInt64, _ waiter: Waiter, patience: Duration) {
        let (pick, waits) = self.state.withLock { state -> (Core.Pick?, Bool) in
            if let pick = state.core.pick(excluding: waiter.excluded, at: .now, using: &state.random) {
                return (pick, false)
            }
            guard patience > .zero, !Task.isCancelled, !state.core.isHopeless, state.waiters.count < self.maximumWaiters
            else { return (nil, false) }
            state.waiters[id] = waiter
            state.queue.append(id)
            return (nil, true)
        }
        guard waits else { return waiter.continuation.resume(returning: pick) }
        // A timer here and not in the fast path: who waits has time. It fires in vain if the wait ends before.
        MultiThreadedEventLoopGroup.singleton.any().scheduleTask(in: TimeAmount(patience)) {
            self.giveUp(id)
        }
    }

    private func giveUp(_ id: UInt64) {
        let waiter = self.state.withLock { $0.waiters.removeValue(forKey: id) }
        waiter?.continuation.resume(returning: nil)
    }
}
