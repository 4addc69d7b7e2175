/// Which connections a client has, wants, and uses next. A pure state machine: the shell dials, closes and waits.
///
/// Every endpoint has a fixed number of slots. A slot's connection is dialled, becomes ready, drains or dies, and is then
/// replaced. A call takes the endpoint with the lowest score and there the connection with the fewest calls.
struct BalancerCore<Connection: Sendable>: Sendable {
    /// An order to open a connection.
    struct Dial: Sendable, Hashable {
        let id: UInt64
        let endpoint: Endpoint
        /// How many dials or connections of the endpoint have failed in a row: the shell waits accordingly.
        let failures: Int
    }

    /// A connection chosen for a call.
    struct Pick: Sendable {
        let id: UInt64
        let endpoint: Endpoint
        let connection: Connection
    }

    private struct Slot: Sendable {
        let endpoint: Endpoint
        var connection: Connection?
        var limit = 0
        var inFlight = 0
        var isDraining = false
        var isReady: Bool { self.limit > 0 && !self.isDraining && self.connection != nil }
        var hasRoom: Bool { self.isReady && self.inFlight < self.limit }
    }

    private struct EndpointState: Sendable {
        var cost = PeakEWMA()
        var failures = 0
    }

    private let connectionsPerEndpoint: Int
    private var endpoints: [Endpoint: EndpointState] = [:]
    private var slots: [UInt64: Slot] = [:]
    private var lastID: UInt64 = 0
    private(set) var isShutDown = false

    init(connectionsPerEndpoint: Int) {
        self.connectionsPerEndpoint = max(1, connectionsPerEndpoint)
    }

    /// Connections that take calls.
    var readyConnections: Int { self.slots.values.count { $0.isReady } }

    /// Calls under way.
    var inFlight: Int { self.slots.values.reduce(0) { $0 + $1.inFlight } }

    /// Whether there is no sense in waiting: every endpoint has failed several times in a row.
    var isHopeless: Bool {
        self.isShutDown || (self.readyConnections == 0 && !self.endpoints.isEmpty && self.endpoints.values.allSatisfy { $0.failures > 2 })
    }

    /// A new list of endpoints.
    /// - Returns: What to dial, and which connections to drain.
    mutating func update(_ list: [Endpoint]) -> (dials: [Dial], drain: [Connection]) {
        guard !self.isShutDown else { return ([], []) }
        let wanted = Set(list)
        var drain: [Connection] = []
        for endpoint in self.endpoints.keys where !wanted.contains(endpoint) {
            self.endpoints[endpoint] = nil
            for (id, slot) in self.slots where slot.endpoint == endpoint {
                self.slots[id]?.isDraining = true
                drain += [slot.connection].compactMap(\.self)
            }
        }
        var dials: [Dial] = []
        for endpoint in list where self.endpoints[endpoint] == nil {
            self.endpoints[endpoint] = EndpointState()
            for _ in 0..<self.connectionsPerEndpoint {
                dials.append(self.dial(endpoint))
            }
        }
        return (dials, drain)
    }

    /// Whether the connection ordered under `id` is still wanted.
    func isWanted(_ id: UInt64) -> Bool {
        self.slots[id].map { !$0.isDraining } ?? false
    }

    /// The connection is open; it is ready when the server's settings are there.
    /// - Returns: Whether it is still wanted; drain it if not.
    mutating func opened(_ id: UInt64, _ connection: Connection) -> Bool {
        self.slots[id]?.connection = connection
        return self.isWanted(id)
    }

    /// The server takes `limit` calls at a time on the connection.
    mutating func ready(_ id: UInt64, limit: Int) {
        self.slots[id]?.limit = limit
    }

    /// The connection takes no new calls.
    /// - Returns: The order for its replacement.
    mutating func draining(_ id: UInt64) -> Dial? {
        guard let slot = self.slots[id], !slot.isDraining else { return nil }
        self.slots[id]?.isDraining = true
        return self.replace(slot)
    }

    /// The connection is gone or could not be opened.
    /// - Returns: The order for its replacement, unless that was given when it began to drain.
    mutating func closed(_ id: UInt64) -> Dial? {
        guard let slot = self.slots.removeValue(forKey: id), !slot.isDraining else { return nil }
        return self.replace(slot)
    }

    /// No more connections.
    /// - Returns: Those to drain.
    mutating func shutDown() -> [Connection] {
        self.isShutDown = true
        self.endpoints.removeAll()
        return self.slots.keys.compactMap { id in
            self.slots[id]?.isDraining = true
            return self.slots[id]?.connection
        }
    }

    private mutating func replace(_ slot: Slot) -> Dial? {
        guard let state = self.endpoints[slot.endpoint] else { return nil }
        self.endpoints[slot.endpoint]?.failures = state.failures + 1
        return self.dial(slot.endpoint)
    }

    private mutating func dial(_ endpoint: Endpoint) -> Dial {
        self.lastID += 1
        self.slots[self.lastID] = Slot(endpoint: endpoint)
        return Dial(id: self.lastID, endpoint: endpoint, failures: self.endpoints[endpoint]?.failures ?? 0)
    }
}

// MARK: - Choosing

extension BalancerCore {
    /// Scores that differ by less than this factor count as equal, so that calls spread over equals.
    private static var tolerance: Double { 1.5 }
    /// Up to so many endpoints all are looked at, beyond that two at random: with few, best-of-two would still send some
    /// traffic to the worst.
    private static var scanLimit: Int { 8 }

    /// Chooses a connection and counts the call in; pair it with ``release(_:duration:failed:at:)``.
    /// - Parameter excluded: Endpoints that have just refused this call; used only if there is no other.
    mutating func pick(
        excluding excluded: Set<Endpoint>,
        at now: ContinuousClock.Instant,
        using random: inout some RandomNumberGenerator
    ) -> Pick? {
        var load: [Endpoint: Int] = [:]
        for slot in self.slots.values where slot.hasRoom {
            load[slot.endpoint, default: 0] += 0
        }
        guard !load.isEmpty else { return nil }
        for slot in self.slots.values where load[slot.endpoint] != nil {
            load[slot.endpoint, default: 0] += slot.inFlight
        }
        let fresh = excluded.isEmpty ? load : load.filter { !excluded.contains($0.key) }
        var candidates = fresh.isEmpty ? load : fresh
        if candidates.count > Self.scanLimit {
            candidates = self.twoOf(candidates, using: &random)
        }
        let scored = candidates.map { ($0.key, self.score($0.key, inFlight: $0.value, at: now)) }
        let best = scored.reduce(Double.infinity) { min($0, $1.1) }
        let tied = scored.filter { $0.1 <= best * Self.tolerance }
        guard let endpoint = tied.randomElement(using: &random)?.0 else { return nil }
        return self.pick(in: endpoint)
    }

    /// A call has ended.
    mutating func release(_ id: UInt64, duration: Duration, failed: Bool, at now: ContinuousClock.Instant) {
        guard let slot = self.slots[id] else { return }
        self.slots[id]?.inFlight = slot.inFlight - 1
        self.endpoints[slot.endpoint]?.cost.record(duration, failed: failed, at: now)
        if !failed {
            self.endpoints[slot.endpoint]?.failures = 0
        }
    }

    private func score(_ endpoint: Endpoint, inFlight: Int, at now: ContinuousClock.Instant) -> Double {
        self.endpoints[endpoint]?.cost.score(inFlight: inFlight, at: now) ?? .infinity
    }

    private func twoOf(_ load: [Endpoint: Int], using random: inout some RandomNumberGenerator) -> [Endpoint: Int] {
        let keys = Array(load.keys)
        let first = Int.random(in: 0..<keys.count, using: &random)
        var second = Int.random(in: 0..<keys.count - 1, using: &random)
        if second >= first {
            second += 1
        }
        return load.filter { $0.key == keys[first] || $0.key == keys[second] }
    }

    private mutating func pick(in endpoint: Endpoint) -> Pick? {
        var best: (id: UInt64, slot: Slot)?
        for (id, slot) in self.slots where slot.endpoint == endpoint && slot.hasRoom {
            if slot.inFlight < best?.slot.inFlight ?? .max {
                best = (id, slot)
            }
        }
        guard let best, let connection = best.slot.connection else { return nil }
        self.slots[best.id]?.inFlight += 1
        return Pick(id: best.id, endpoint: endpoint, connection: connection)
    }
}
