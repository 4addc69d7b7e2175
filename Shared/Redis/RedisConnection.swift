internal import Logging
internal import Readiness
internal import Resilience

/// One connection, kept open: an actor on the readiness loop's thread that joins the socket, the order of replies
/// and the attempts to connect.
///
/// It is driven by the loop's callbacks and timers alone and has no task of its own.
actor RedisConnection {
    /// What the connection is for.
    enum Purpose {
        /// Commands of all callers, pipelined. Reconnects by itself.
        case shared
        /// One command at a time that may block in the server. Connects when a command comes;
        /// a command that was given up takes the connection with it, since the server is still busy with it.
        case blocking
    }

    /// Who waits for a reply.
    enum Waiter {
        case caller(CheckedContinuation<[RedisValue], any Error>)
        /// The connection itself: the answers to its greeting.
        case greeting
    }

    /// The socket and its place in the loop.
    struct Link {
        let socket: HiredisSocket
        let registration: Registration
    }

    enum Phase {
        case idle
        case lookingUp
        case connecting(Link)
        case greeting(Link)
        case ready(Link)
        case pausing
        case stopped
    }

    nonisolated let loop: ReadinessLoop
    nonisolated let configuration: RedisConfiguration
    nonisolated let purpose: Purpose
    nonisolated let logger: Logger
    nonisolated let metrics: RedisMetrics

    var phase = Phase.idle
    var pipeline = CommandPipeline<Waiter>()
    /// Failures since the connection was last ready. From ``refusalThreshold`` on, commands do not wait for it.
    var failures = 0
    var backoff: BackoffCore
    /// Tells a late callback of an earlier attempt from one of the current attempt.
    var attempt = 0
    /// How often the server was looked up: each time another Sentinel is asked first.
    var lookups = 0
    var attemptTimer: LoopTimer?
    var lastProgress = ContinuousClock.now
    private var sweepTimer: LoopTimer?
    private var sweepInstant: ContinuousClock.Instant?
    private var isFlushScheduled = false

    /// A restart of Redis shorter than the first pauses is not seen by callers; a longer one is told at once.
    static let refusalThreshold = 3

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe self.loop.asUnownedSerialExecutor() }

    init(
        purpose: Purpose, configuration: RedisConfiguration, loop: ReadinessLoop, logger: Logger, metrics: RedisMetrics
    ) {
        self.purpose = purpose
        self.configuration = configuration
        self.loop = loop
        self.logger = logger
        self.metrics = metrics
        self.backoff = Self.makeBackoff(configuration)
    }

    static func makeBackoff(_ configuration: RedisConfiguration) -> BackoffCore {
        BackoffCore(Backoff(base: configuration.minimumBackoff, maximum: configuration.maximumBackoff))
    }

    // MARK: - Commands

    /// Sends commands and waits for all their replies.
    ///
    /// - Throws: ``RedisError``, or `CancellationError` when the task is cancelled. The commands keep their place in
    ///   the order of replies then, and may still run.
    func execute(_ frame: CommandFrame, deadline: ContinuousClock.Instant) async throws -> [RedisValue] {
        try Task.checkCancellation()
        let id = self.pipeline.makeID()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                self.submit(frame, id: id, deadline: deadline, waiter: .caller(continuation))
            }
        } onCancel: {
            // Runs on the loop behind the job that submits, so the request is always there to be found.
            self.loop.execute { self.assumeIsolated { $0.cancel(id) } }
        }
    }

    private func submit(
        _ frame: CommandFrame, id: UInt64, deadline: ContinuousClock.Instant, waiter: Waiter
    ) {
        if let refusal = self.refusal(frame) { return self.resume(waiter, throwing: refusal) }
        if case .ready(let link) = self.phase {
            self.send(frame, id: id, deadline: deadline, waiter: waiter, over: link)
        } else {
            self.pipeline.addUnsent(id: id, frame: frame, deadline: deadline, waiter: waiter)
            if case .idle = self.phase, self.purpose == .blocking { self.connect() }
        }
        self.scheduleSweep(at: deadline)
    }

    func send(
        _ frame: CommandFrame, id: UInt64, deadline: ContinuousClock.Instant, waiter: Waiter, over link: Link
    ) {
        if !self.pipeline.isAwaitingReply { self.lastProgress = .now }
        self.pipeline.addSent(id: id, expected: frame.commandCount, deadline: deadline, waiter: waiter)
        link.socket.append(frame.bytes)
        self.scheduleFlush()
    }

    private func refusal(_ frame: CommandFrame) -> RedisError? {
        if case .stopped = self.phase { return RedisError(.closed, "The Redis client was shut down") }
        if frame.commandCount == 0 { return RedisError(.protocolViolation, "There is no command to send") }
        if self.pipeline.count >= self.configuration.maximumPendingCommands {
            return RedisError(.overloaded, "\(self.pipeline.count) commands wait for Redis already")
        }
        if case .ready = self.phase { return nil }
        guard self.failures >= Self.refusalThreshold else { return nil }
        // A blocking connection has nobody else to wake it: the command itself is the next attempt.
        if case .idle = self.phase { return nil }
        return RedisError(.notConnected, "There is no connection to \(self.configuration)")
    }

    private func cancel(_ id: UInt64) {
        guard let (waiter, wasSent) = self.pipeline.abandon(id: id) else { return }
        if case .caller(let continuation) = waiter { continuation.resume(throwing: CancellationError()) }
        if wasSent { self.abandonBlockedLink() }
    }

    private func abandonBlockedLink() {
        guard self.purpose == .blocking else { return }
        self.closeLink(RedisError(.connectionLost, "A blocking command was given up", isOutcomeUnknown: true))
        self.phase = .idle
    }

    // MARK: - Deadlines

    /// One timer serves all requests: it stands at the earliest deadline that was seen since it last rang.
    func scheduleSweep(at deadline: ContinuousClock.Instant) {
        if let planned = self.sweepInstant, planned <= deadline { return }
        self.sweepTimer?.cancel()
        self.sweepInstant = deadline
        self.sweepTimer = self.loop.schedule(at: deadline) { self.sweep() }
    }

    private func sweep() {
        self.sweepInstant = nil
        let now = ContinuousClock.now
        let expired = self.pipeline.expire(at: now)
        for (waiter, wasSent) in expired {
            let error = RedisError(.timeout, "Redis did not answer in time", isOutcomeUnknown: wasSent)
            self.resume(waiter, throwing: error)
        }
        if expired.contains(where: \.wasSent) { self.abandonBlockedLink() }
        let silence = self.lastProgress.duration(to: now)
        if self.purpose == .shared, self.pipeline.isAwaitingReply, silence >= self.configuration.commandTimeout {
            self.linkFailed(RedisError(.connectionLost, "Redis has been silent for \(silence)", isOutcomeUnknown: true))
        }
        if let next = self.pipeline.earliestDeadline { self.scheduleSweep(at: next) }
    }

    // MARK: - Ends of a tick

    func scheduleFlush() {
        guard !self.isFlushScheduled else { return }
        self.isFlushScheduled = true
        self.loop.atEndOfTick { self.flushTick() }
    }

    private func flushTick() {
        self.isFlushScheduled = false
        switch self.phase {
        case .greeting(let link), .ready(let link): self.flush(link)
        case .idle, .lookingUp, .connecting, .pausing, .stopped: break
        }
    }

    func resume(_ waiter: Waiter, throwing error: RedisError) {
        guard case .caller(let continuation) = waiter else { return }
        continuation.resume(throwing: error)
    }
}
