/// The rules of a connection pool, without connections, time or threads.
///
/// The shell reports what happens and does what the returned action says. Waiters are served first in, first out; idle
/// connections are reused last in, first out, so that spare ones get old and can be closed.
///
/// Invariants: idle + leased + connecting <= `maximum`; nobody waits while a connection is idle; no more connections are
/// being opened than there are waiters (beyond the first `minimum`).
public struct PoolStateMachine<Connection: Hashable & Sendable, Waiter: Hashable & Sendable>: Sendable {
    /// What to do about a request for a connection.
    public enum LeaseAction: Hashable, Sendable {
        /// Take this idle connection.
        case use(Connection)
        /// Open a connection; the waiter stands in line.
        case waitAndConnect
        /// The waiter stands in line.
        case wait
        /// The line is full: fail now, which is kinder than failing later.
        case reject
    }

    /// What to do with a connection that became free.
    public enum FreeAction: Hashable, Sendable {
        /// Hand it to this waiter.
        case give(Connection, Waiter)
        /// Keep it for the next one.
        case keep
        /// It belongs to nobody: the pool is closed.
        case close
    }

    /// The most connections at a time.
    public let maximum: Int
    /// The most waiters at a time.
    public let maximumWaiters: Int

    private var idle: [Connection] = []
    private var leased: Set<Connection> = []
    private var connecting = 0
    private var line = FIFO<Waiter>()
    /// The waiters in `line` that still wait. A cancelled one stays in `line` until its turn comes.
    private var waiting: Set<Waiter> = []
    private var isClosed = false

    /// An empty pool.
    public init(maximum: Int, maximumWaiters: Int) {
        precondition(maximum > 0, "A pool needs room for one connection")
        self.maximum = maximum
        self.maximumWaiters = maximumWaiters
    }

    /// Connections that are open or being opened.
    public var size: Int { self.idle.count + self.leased.count + self.connecting }
    /// Connections in somebody's hands.
    public var leasedCount: Int { self.leased.count }
    /// Connections that wait for work.
    public var idleCount: Int { self.idle.count }
    /// Those who stand in line.
    public var waiterCount: Int { self.waiting.count }

    // MARK: - Leasing

    /// Somebody wants a connection.
    public mutating func lease(_ waiter: Waiter) -> LeaseAction {
        if self.isClosed { return .reject }
        if let connection = self.idle.popLast() {
            self.leased.insert(connection)
            return .use(connection)
        }
        guard self.waiting.count < self.maximumWaiters else { return .reject }
        self.line.append(waiter)
        self.waiting.insert(waiter)
        return self.beginConnectIfNeeded() ? .waitAndConnect : .wait
    }

    /// A waiter gives up.
    ///
    /// - Returns: Whether it was still in line. If not, it has been given a connection, which it must release.
    public mutating func cancel(_ waiter: Waiter) -> Bool {
        self.waiting.remove(waiter) != nil
    }

    /// The holder is done with a connection that can be used again.
    public mutating func release(_ connection: Connection) -> FreeAction {
        guard self.leased.remove(connection) != nil else { return .close }
        return self.place(connection)
    }

    // MARK: - Connections

    /// The shell wants to open a connection (at start, or again after a failure).
    ///
    /// - Returns: Whether it is needed and there is room for it.
    public mutating func beginConnectIfNeeded(minimum: Int = 0) -> Bool {
        guard !self.isClosed, self.size < self.maximum else { return false }
        guard self.connecting < self.waiting.count || self.size < minimum else { return false }
        self.connecting += 1
        return true
    }

    /// A connection that ``lease(_:)`` or ``beginConnectIfNeeded(minimum:)`` asked for is open.
    public mutating func connected(_ connection: Connection) -> FreeAction {
        self.connecting -= 1
        return self.place(connection)
    }

    /// A connection that was asked for could not be opened.
    public mutating func connectFailed() {
        self.connecting -= 1
    }

    /// A connection broke or was closed, whether idle or leased.
    public mutating func lost(_ connection: Connection) {
        if self.leased.remove(connection) == nil {
            self.idle.removeAll { $0 == connection }
        }
    }

    /// Takes out idle connections beyond `minimum` that have been idle longest, for the shell to close.
    ///
    /// - Parameter isStale: Whether a connection has been idle for too long.
    public mutating func takeStale(minimum: Int, where isStale: (Connection) -> Bool) -> [Connection] {
        var taken: [Connection] = []
        while self.size > minimum, let oldest = self.idle.first, isStale(oldest) {
            taken.append(self.idle.removeFirst())
        }
        return taken
    }

    /// Ends the pool: idle connections are closed now, leased ones when they come back, and those who wait are refused.
    public mutating func close() -> (connections: [Connection], waiters: [Waiter]) {
        self.isClosed = true
        let waiters = self.line.popAll().filter { self.waiting.contains($0) }
        self.waiting = []
        let connections = self.idle
        self.idle = []
        return (connections, waiters)
    }

    private mutating func place(_ connection: Connection) -> FreeAction {
        if self.isClosed { return .close }
        while let next = self.line.popFirst() {
            guard self.waiting.remove(next) != nil else { continue }
            self.leased.insert(connection)
            return .give(connection, next)
        }
        self.idle.append(connection)
        return .keep
    }
}
