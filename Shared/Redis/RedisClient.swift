public import Logging
public import Readiness
internal import Resilience

/// A client of one Redis over hiredis: a server, or whichever server its Sentinels call the primary at the time.
///
/// All callers share one connection. Their commands are pipelined without their doing: what is sent in one turn of
/// the readiness loop leaves in one write, and answers are handed out in order. Blocking reads have connections of
/// their own.
///
/// Every command ends by the earlier of the task's ``Resilience/CallScope`` deadline and the configured command
/// timeout. Cancelling a task ends its wait at once; a command that was sent may still run.
///
/// Commands need ``run()`` to be active. Until the first connection stands they wait, within their deadline. A short
/// break is waited out; while Redis stays away commands fail at once with ``RedisError/Code/notConnected``.
public final class RedisClient: Sendable {
    /// Where this client connects, and its patience.
    public let configuration: RedisConfiguration

    private let shared: RedisConnection
    private let blocking: BlockingConnections
    private let metrics: RedisMetrics

    /// Creates a client; it connects in ``run()``.
    ///
    /// - Parameters:
    ///   - configuration: Where to connect.
    ///   - name: The client's name in metrics, such as `cache` or `log`.
    ///   - loop: The loop that waits for the sockets.
    ///   - logger: Told of lost connections, at level info.
    public init(
        configuration: RedisConfiguration,
        name: String = "redis",
        loop: ReadinessLoop = .shared,
        logger: Logger = Logger(label: "redis")
    ) {
        let metrics = RedisMetrics(client: name)
        self.configuration = configuration
        self.metrics = metrics
        self.shared = RedisConnection(
            purpose: .shared, configuration: configuration, loop: loop, logger: logger, metrics: metrics
        )
        self.blocking = BlockingConnections(configuration: configuration) {
            RedisConnection(
                purpose: .blocking, configuration: configuration, loop: loop, logger: logger, metrics: metrics
            )
        }
    }

    /// Opens the connection and keeps it open until the task is cancelled; then everything is closed for good.
    ///
    /// What waits for an answer at that moment fails with ``RedisError/Code/closed``.
    public func run() async {
        await self.shared.start()
        // A stream that nobody feeds ends only when the task is cancelled.
        let (never, continuation) = AsyncStream.makeStream(of: Never.self)
        for await _ in never {}
        continuation.finish()
        await self.shared.stop()
        await self.blocking.close()
    }

    /// Sends one command and waits for its reply.
    ///
    /// - Parameter command: The command's words, such as `["GET", "key"]`.
    /// - Returns: The reply; never ``RedisValue/error(_:)``.
    /// - Throws: ``RedisError``, or `CancellationError`.
    @discardableResult
    public func send(_ command: [RedisArgument]) async throws -> RedisValue {
        let replies = try await self.execute(CommandFrame(command))
        return try Self.result(of: replies[0]).get()
    }

    /// Sends commands together and waits for all replies. Other callers' commands do not come between them, but they
    /// are no transaction: one may fail while the others run.
    ///
    /// - Returns: One result for each command, in order.
    /// - Throws: ``RedisError`` when not all replies came, or `CancellationError`.
    public func pipeline(_ commands: [[RedisArgument]]) async throws -> [Result<RedisValue, RedisError>] {
        guard !commands.isEmpty else { return [] }
        return try await self.execute(CommandFrame(commands)).map(Self.result)
    }

    /// Sends one command that may block in the server, on a connection of its own.
    ///
    /// - Parameters:
    ///   - command: The command, with its own limit of time among its words.
    ///   - limit: That limit; the wait ends soon after it even if Redis does not answer.
    func sendBlocking(_ command: [RedisArgument], limit: Duration) async throws -> RedisValue {
        let deadline = ContinuousClock.now.advanced(by: limit + self.configuration.commandTimeout)
        return try await self.blocking.withConnection { connection in
            let replies = try await connection.execute(CommandFrame(command), deadline: deadline)
            return try Self.result(of: replies[0]).get()
        }
    }

    private func execute(_ frame: CommandFrame) async throws -> [RedisValue] {
        let start = ContinuousClock.now
        var deadline = start.advanced(by: self.configuration.commandTimeout)
        if let inherited = CallScope.current.deadline { deadline = min(deadline, inherited.instant) }
        guard deadline > start else { throw RedisError(.timeout, "The deadline had passed before the command was sent") }
        do {
            let replies = try await self.shared.execute(frame, deadline: deadline)
            self.metrics.finished(start.duration(to: .now))
            return replies
        } catch {
            if !(error is CancellationError) { self.metrics.failed() }
            throw error
        }
    }

    private static func result(of reply: RedisValue) -> Result<RedisValue, RedisError> {
        if case .error(let message) = reply { .failure(RedisError(server: message)) } else { .success(reply) }
    }
}
