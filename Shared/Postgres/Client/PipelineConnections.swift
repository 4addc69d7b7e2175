import ConnectionPool
import Logging
import Metrics
import Readiness

/// The few connections on which the statements of all tasks are pipelined.
///
/// It belongs to the loop's thread. Statements wait here while no connection is open.
final class PipelineConnections {
    private final class Slot {
        var connection: PostgresConnection?
        var delay = ReconnectDelay()
    }

    /// So many exchanges on one connection keep it busy; more would only wait in the server's socket.
    private static let maximumLoad = 1_000
    /// A statement that takes longer makes others avoid its connection.
    private static let slow = Duration.milliseconds(20)

    private let loop: ReadinessLoop
    private let configuration: PostgresConfiguration
    private let hosts: HostBook
    private let logger: Logger
    private let metrics: PostgresMetrics
    private let slots: [Slot]
    private var waiting = FIFO<Exchange>()
    private var isClosed = false

    init(loop: ReadinessLoop, configuration: PostgresConfiguration, hosts: HostBook, logger: Logger, metrics: PostgresMetrics) {
        self.loop = loop
        self.configuration = configuration
        self.hosts = hosts
        self.logger = logger
        self.metrics = metrics
        self.slots = (0..<max(1, configuration.pipelineConnections)).map { _ in Slot() }
    }

    func start() {
        for slot in self.slots where !self.isClosed { self.connect(slot) }
    }

    func close() {
        self.isClosed = true
        for exchange in self.waiting.popAll() { exchange.abandon(PostgresError(.closed, "The client was closed")) }
        for slot in self.slots { slot.connection?.close() }
    }

    // MARK: - Statements

    func submit(_ exchange: Exchange) {
        guard !self.isClosed else { return exchange.abandon(PostgresError(.closed, "The client was closed")) }
        if let connection = self.leastLoaded() { return connection.send(exchange) }
        guard self.waiting.count < self.configuration.maximumWaiters else {
            return exchange.abandon(PostgresError(.overloaded, "Too many statements wait for a connection"))
        }
        self.waiting.append(exchange)
    }

    /// The connection with the shortest line, and rather one that is not held up by a slow statement.
    private func leastLoaded() -> PostgresConnection? {
        var best: (connection: PostgresConnection, score: Int)?
        let slowSince = ContinuousClock.now.advanced(by: .zero - Self.slow)
        for slot in self.slots {
            guard let connection = slot.connection, connection.phase == .ready else { continue }
            guard connection.load < Self.maximumLoad else { continue }
            let isHeldUp = connection.load > 0 && connection.headSince < slowSince
            let score = connection.load + (isHeldUp ? Self.maximumLoad : 0)
            if score < best?.score ?? .max { best = (connection, score) }
        }
        return best?.connection
    }

    private func sendWaiting() {
        while !self.waiting.isEmpty, let connection = self.leastLoaded(), let exchange = self.waiting.popFirst() {
            // Whoever has given up in the meantime needs no round trip.
            if !exchange.reply.isDone { connection.send(exchange) }
        }
    }

    // MARK: - Connections

    private func connect(_ slot: Slot) {
        let connection = PostgresConnection(id: 0, loop: self.loop, configuration: self.configuration, hosts: self.hosts)
        slot.connection = connection
        connection.onProgress = { [weak self] in self?.sendWaiting() }
        connection.onResend = { [weak self] in self?.submit($0) }
        connection.onLost = { [weak self] error in
            guard let self else { return }
            self.metrics.lostConnections.increment()
            self.logger.warning("PostgreSQL connection lost", metadata: [PostgresLogKey.error: "\(error.message)"])
            self.reconnect(slot)
        }
        connection.open { [weak self] error in
            guard let self else { return }
            if let error {
                self.logger.warning("PostgreSQL connection failed", metadata: [PostgresLogKey.error: "\(error.message)"])
                return self.reconnect(slot)
            }
            slot.delay.succeeded()
            self.sendWaiting()
        }
    }

    private func reconnect(_ slot: Slot) {
        slot.connection = nil
        guard !self.isClosed else { return }
        self.loop.schedule(after: slot.delay.next(random: .random(in: 0...1))) {
            if !self.isClosed { self.connect(slot) }
        }
    }
}
