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

    struct Slot: Sendable {
        let endpoint: Endpoint
        var connection: Connection?
        var limit = 0
        var inFlight = 0
        var isDraining = false
        var isReady: Bool { self.limit > 0 && !self.isDraining && self.connection != nil }
        var hasRoom: Bool { self.isReady && self.inFlight < self.limit }
    }

    struct EndpointState: Sendable {
        var cost = PeakEWMA()
        var failures = 0
    }

    let connectionsPerEndpoint: Int
    var endpoints: [Endpoint: EndpointState] = [:]
    var slots: [UInt64: Slot] = [:]
    var lastID: UInt64 = 0
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

    mutating func replace(_ slot: Slot) -> Dial? {
        guard let state = self.endpoints[slot.endpoint] else { return nil }
        self.endpoints[slot.endpoint]?.failures = state.failures + 1
        return self.dial(slot.endpoint)
    }

    mutating func dial(_ endpoint: Endpoint) -> Dial {
        self.lastID += 1
        self.slots[self.lastID] = Slot(endpoint: endpoint)
        return Dial(id: self.lastID, endpoint: endpoint, failures: self.endpoints[endpoint]?.failures ?? 0)
    }
}
