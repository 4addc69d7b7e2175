import ConnectionPool
import Readiness

/// One connection in pipeline mode: sends exchanges as they come and answers them in order.
///
/// It belongs to the loop's thread. Exchanges of different callers share it safely, because each has its own sync: a failure
/// skips the rest of its own exchange and nothing else.
final class PostgresConnection {
    enum Phase { case connecting, ready, closed }

    let id: Int
    private let loop: ReadinessLoop
    private let configuration: PostgresConfiguration
    private let hosts: HostBook
    private(set) var phase = Phase.connecting
    private(set) var handle: ConnectionHandle?
    private var registration: Registration?
    private var connector: Connector?
    var exchanges = FIFO<Exchange>()
    var cache: StatementCache
    var script: ScriptRun?
    /// Since when the server has been busy with the oldest exchange.
    var headSince = ContinuousClock.now
    private var flushesAtEndOfTick = false
    /// When something last happened: for closing spare connections.
    private(set) var lastUse = ContinuousClock.now

    /// Called once, with the reason when connecting failed.
    private var onOpened: ((PostgresError?) -> Void)?
    /// Called once, when an open connection is lost. Its exchanges have been answered by then.
    var onLost: ((PostgresError) -> Void)?
    /// Called for an exchange that failed before it did anything and may be sent again.
    var onResend: ((Exchange) -> Void)?
    /// Called when answers have made room.
    var onProgress: (() -> Void)?

    init(id: Int, loop: ReadinessLoop, configuration: PostgresConfiguration, hosts: HostBook) {
        self.id = id
        self.loop = loop
        self.configuration = configuration
        self.hosts = hosts
        self.cache = StatementCache(capacity: configuration.statementCacheSize)
    }

    /// The exchanges that have been sent and not answered.
    var load: Int { self.exchanges.count }
    /// Whether the URI asks for the primary, so that a server which has become a standby is the wrong one.
    var wantsPrimary: Bool { self.hosts.plan.wantsPrimary }
    /// Whether the server has answered everything and no transaction is open.
    var isIdle: Bool { self.phase == .ready && self.exchanges.isEmpty && self.script == nil && self.handle?.isIdle == true }

    // MARK: - Opening

    /// Connects, and reports once.
    func open(_ onOpened: @escaping (PostgresError?) -> Void) {
        self.onOpened = onOpened
        let connector = Connector(loop: self.loop, configuration: self.configuration, plan: self.hosts.plan)
        self.connector = connector
        connector.start { [weak self] result in
            guard let self else { return }
            self.connector = nil
            switch result {
            case .success((let handle, let target)): self.begin(handle, on: target)
            case .failure(let error): self.lose(error)
            }
        }
    }

    private func begin(_ handle: ConnectionHandle, on target: ConnectionTarget) {
        guard handle.setNonBlocking(), handle.enterPipeline() else {
            return self.lose(PostgresError(.connection, handle.errorMessage))
        }
        self.hosts.plan.succeeded(target)
        self.handle = handle
        self.registration = self.loop.register(handle.socket, interest: .read) { [weak self] in self?.socketIsReady($0) }
        self.phase = .ready
        self.lastUse = .now
        let report = self.onOpened
        self.onOpened = nil
        report?(nil)
    }

    // MARK: - Closing

    /// Closes the connection. Outstanding exchanges fail; nobody is told of the loss.
    ///
    /// - Parameter cancelsRunning: Whether the server is asked to give up what it is doing. Without it a long statement would
    ///   hold its locks until it ends, because the server does not notice that the client has gone.
    func close(cancelsRunning: Bool = false) {
        // Never a COMMIT: cancelled while it waits for a replica, it would stand on the primary alone.
        let mayCancel = self.script != nil || self.exchanges.first.map { !$0.commits } ?? false
        if cancelsRunning, self.phase == .ready, mayCancel {
            self.handle?.cancelHandle()?.cancelInBackground()
        }
        self.onLost = nil
        self.onOpened = nil
        self.lose(PostgresError(.connection, "The connection was closed"))
    }

    func lose(_ error: PostgresError) {
        guard self.phase != .closed else { return }
        self.phase = .closed
        self.connector?.cancel()
        self.connector = nil
        self.registration?.cancel()
        self.registration = nil
        self.handle = nil
        for exchange in self.exchanges.popAll() { exchange.abandon(error) }
        self.script?.reply.fail(error)
        self.script = nil
        let (opened, lost) = (self.onOpened, self.onLost)
        (self.onOpened, self.onLost, self.onProgress, self.onResend) = (nil, nil, nil, nil)
        if let opened { opened(error) } else { lost?(error) }
    }

    // MARK: - The socket

    private func socketIsReady(_ events: ReadyEvents) {
        guard let handle = self.handle else { return }
        self.lastUse = .now
        if events.contains(.readable) {
            guard handle.consumeInput() else {
                return self.lose(PostgresError(.connection, handle.errorMessage))
            }
            self.receive(from: handle)
        }
        if self.phase == .ready { self.flush() }
    }

    /// Writes at the end of the tick what has not gone out yet.
    func flushLater() {
        guard !self.flushesAtEndOfTick else { return }
        self.flushesAtEndOfTick = true
        self.loop.atEndOfTick {
            self.flushesAtEndOfTick = false
            self.flush()
        }
    }

    private func flush() {
        guard let handle = self.handle else { return }
        switch handle.flush() {
        case .done: self.registration?.setInterest(.read)
        // Read as well: a server that cannot send its results does not read our statements.
        case .wouldBlock: self.registration?.setInterest([.read, .write])
        case .failed: self.lose(PostgresError(.connection, handle.errorMessage))
        }
    }
}
