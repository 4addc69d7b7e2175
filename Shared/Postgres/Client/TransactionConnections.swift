import ConnectionPool
import Logging
import Metrics
import Readiness

/// The connections that transactions have to themselves: the shell around ``PoolStateMachine``.
///
/// It belongs to the loop's thread.
final class TransactionConnections {
    private struct Waiter {
        let reply: Reply<Int>
        let since: ContinuousClock.Instant
        let timer: LoopTimer
    }

    private static let sweepInterval = Duration.seconds(10)

    private let loop: ReadinessLoop
    private let configuration: PostgresConfiguration
    private let hosts: HostBook
    private let logger: Logger
    private let metrics: PostgresMetrics
    private var machine: PoolStateMachine<Int, ObjectIdentifier>
    private var connections: [Int: PostgresConnection] = [:]
    private var waiters: [ObjectIdentifier: Waiter] = [:]
    private var delay = ReconnectDelay()
    private var nextID = 0
    private var isStarted = false
    private var isClosed = false

    init(loop: ReadinessLoop, configuration: PostgresConfiguration, hosts: HostBook, logger: Logger, metrics: PostgresMetrics) {
        self.loop = loop
        self.configuration = configuration
        self.hosts = hosts
        self.logger = logger
        self.metrics = metrics
        self.machine = PoolStateMachine(
            maximum: max(1, configuration.transactionConnections),
            maximumWaiters: configuration.maximumWaiters
        )
    }

    func start() {
        self.isStarted = true
        self.connectAsNeeded()
        self.sweepLater()
    }

    func close() {
        self.isClosed = true
        let (idle, _) = self.machine.close()
        for id in idle { self.connections.removeValue(forKey: id)?.close() }
        for waiter in self.waiters.values {
            waiter.timer.cancel()
            waiter.reply.fail(PostgresError(.closed, "The client was closed"))
        }
        self.waiters = [:]
        // Leased ones are closed too: their transactions fail and roll back.
        for connection in self.connections.values { connection.close(cancelsRunning: true) }
        self.connections = [:]
        self.updateMetrics()
    }

    // MARK: - Leases

    /// Leases a connection to whoever waits for the reply. A reply that was given up gets none.
    func lease(_ reply: Reply<Int>, until deadline: ContinuousClock.Instant) {
        let waiter = ObjectIdentifier(reply)
        switch self.machine.lease(waiter) {
        case .use(let id):
            self.metrics.poolWait.recordNanoseconds(0)
            self.hand(id, to: reply)
        case .reject:
            let closed = PostgresError(.closed, "The client was closed")
            reply.fail(self.isClosed ? closed : PostgresError(.overloaded, "Too many transactions wait for a connection"))
        case .waitAndConnect:
            self.wait(reply, until: deadline)
            if self.isStarted { self.connect() } else { self.machine.connectFailed() }
        case .wait:
            self.wait(reply, until: deadline)
        }
        self.updateMetrics()
    }

    /// The waiter gave up. If it was handed a connection in the same moment, ``hand(_:to:)`` has noticed.
    func abandon(_ reply: Reply<Int>) {
        let waiter = ObjectIdentifier(reply)
        self.waiters.removeValue(forKey: waiter)?.timer.cancel()
        _ = self.machine.cancel(waiter)
        self.updateMetrics()
    }

    /// Takes a connection back.
    ///
    /// - Parameter discard: Whether its state is unknown, so that only closing it is safe.
    func release(_ id: Int, discard: Bool) {
        guard let connection = self.connections[id] else { return }
        guard !discard, connection.isIdle else {
            self.drop(id)
            connection.close(cancelsRunning: true)
            return self.connectAsNeeded()
        }
        self.place(id, self.machine.release(id))
        self.updateMetrics()
    }

    func connection(_ id: Int) -> PostgresConnection? { self.connections[id] }

    private func wait(_ reply: Reply<Int>, until deadline: ContinuousClock.Instant) {
        let timer = self.loop.schedule(at: deadline) {
            self.abandon(reply)
            reply.fail(PostgresError(.timeout, "No connection for a transaction in time"))
        }
        self.waiters[ObjectIdentifier(reply)] = Waiter(reply: reply, since: .now, timer: timer)
    }

    private func hand(_ id: Int, to reply: Reply<Int>) {
        if !reply.succeed(id) { self.place(id, self.machine.release(id)) }
    }

    private func place(_ id: Int, _ action: PoolStateMachine<Int, ObjectIdentifier>.FreeAction) {
        switch action {
        case .give(let id, let waiter):
            guard let request = self.waiters.removeValue(forKey: waiter) else {
                return self.place(id, self.machine.release(id))
            }
            request.timer.cancel()
            self.metrics.poolWait.recordNanoseconds(request.since.duration(to: .now).nanoseconds)
            self.hand(id, to: request.reply)
        case .keep: break
        case .close: self.connections.removeValue(forKey: id)?.close()
        }
    }

    // MARK: - Connections

    private func connectAsNeeded() {
        guard self.isStarted, !self.isClosed else { return }
        while self.machine.beginConnectIfNeeded(minimum: self.configuration.minimumTransactionConnections) { self.connect() }
        self.updateMetrics()
    }

    /// Opens a connection that the machine has room for.
    private func connect() {
        self.nextID += 1
        let id = self.nextID
        let connection = PostgresConnection(id: id, loop: self.loop, configuration: self.configuration, hosts: self.hosts)
        connection.onLost = { [weak self] error in
            guard let self else { return }
            self.metrics.lostConnections.increment()
            self.logger.warning("PostgreSQL connection lost", metadata: [PostgresLogKey.error: "\(error.message)"])
            self.drop(id)
            self.connectAsNeeded()
        }
        // A connection that is being opened belongs to nobody else: its report keeps the pool alive, which may be closed and
        // forgotten by then.
        connection.open { error in
            if let error { return self.connectFailed(error) }
            guard !self.isClosed else { return connection.close() }
            self.delay.succeeded()
            self.connections[id] = connection
            self.place(id, self.machine.connected(id))
            self.updateMetrics()
        }
    }

    private func connectFailed(_ error: PostgresError) {
        self.logger.warning("PostgreSQL connection failed", metadata: [PostgresLogKey.error: "\(error.message)"])
        self.loop.schedule(after: self.delay.next(random: .random(in: 0...1))) {
            self.machine.connectFailed()
            self.connectAsNeeded()
        }
    }

    private func drop(_ id: Int) {
        self.connections[id] = nil
        self.machine.lost(id)
        self.updateMetrics()
    }

    /// Closes connections that nobody has needed for a while.
    private func sweepLater() {
        self.loop.schedule(after: Self.sweepInterval) {
            guard !self.isClosed else { return }
            let oldest = ContinuousClock.now.advanced(by: .zero - self.configuration.idleTimeout)
            let stale = self.machine.takeStale(minimum: self.configuration.minimumTransactionConnections) { id in
                self.connections[id].map { $0.lastUse < oldest } ?? true
            }
            for id in stale { self.connections.removeValue(forKey: id)?.close() }
            self.updateMetrics()
            self.sweepLater()
        }
    }

    private func updateMetrics() {
        self.metrics.poolSize.record(self.machine.size)
        self.metrics.poolInUse.record(self.machine.leasedCount)
        self.metrics.poolWaiting.record(self.machine.waiterCount)
    }
}
