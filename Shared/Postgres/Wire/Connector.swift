import Readiness

/// Opens one connection: tries the hosts one after the other, each with a time-out, without blocking the loop.
///
/// It belongs to the loop's thread.
final class Connector {
    private let loop: ReadinessLoop
    private let configuration: PostgresConfiguration
    private var attempts: [ConnectionAttempt]
    private var handle: ConnectionHandle?
    private var registration: Registration?
    private var timer: LoopTimer?
    private var onDone: ((Result<(ConnectionHandle, ConnectionTarget), PostgresError>) -> Void)?
    private var lastError = PostgresError(.connection, "No host to connect to")

    init(loop: ReadinessLoop, configuration: PostgresConfiguration, plan: ConnectionPlan) {
        self.loop = loop
        self.configuration = configuration
        self.attempts = plan.attempts().reversed()
    }

    /// Connects, and reports once, never before it returns.
    func start(_ onDone: @escaping (Result<(ConnectionHandle, ConnectionTarget), PostgresError>) -> Void) {
        self.onDone = onDone
        self.timer = self.loop.schedule(after: .zero) { self.tryNext() }
    }

    /// Gives up, without a report.
    func cancel() {
        self.onDone = nil
        self.clear()
    }

    private func tryNext() {
        self.clear()
        guard self.onDone != nil else { return }
        guard let attempt = self.attempts.popLast() else { return self.finish(.failure(self.lastError)) }
        HostResolver.resolve(attempt.target, on: self.loop) { targets in
            let found = targets.map { ConnectionAttempt(target: $0, sessionAttributes: attempt.sessionAttributes) }
            self.attempts.append(contentsOf: found.dropFirst().reversed())
            if let first = found.first { self.connect(first) }
        }
    }

    private func connect(_ attempt: ConnectionAttempt) {
        guard self.onDone != nil else { return }
        let parameters = ConnectionParameters.list(for: self.configuration, attempt: attempt)
        guard let handle = ConnectionHandle(parameters), !handle.isBroken else {
            self.lastError = PostgresError(.connection, "Cannot connect: libpq refuses the parameters")
            return self.tryNext()
        }
        self.handle = handle
        self.registration = self.loop.register(handle.socket, interest: .write) { _ in self.step(handle, attempt) }
        self.timer = self.loop.schedule(after: self.configuration.connectTimeout) {
            self.lastError = PostgresError(.connection, "No connection within \(self.configuration.connectTimeout)")
            self.tryNext()
        }
    }

    private func step(_ handle: ConnectionHandle, _ attempt: ConnectionAttempt) {
        switch handle.poll() {
        case .reading: self.registration?.move(to: handle.socket, interest: .read)
        case .writing: self.registration?.move(to: handle.socket, interest: .write)
        case .ready: self.finish(.success((handle, attempt.target)))
        case .failed:
            self.lastError = PostgresError(.connection, handle.errorMessage)
            self.tryNext()
        }
    }

    private func finish(_ result: Result<(ConnectionHandle, ConnectionTarget), PostgresError>) {
        let report = self.onDone
        self.cancel()
        report?(result)
    }

    private func clear() {
        self.timer?.cancel()
        self.registration?.cancel()
        self.registration = nil
        self.handle = nil
    }
}
