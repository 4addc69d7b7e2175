internal import Logging
internal import Readiness
internal import Resilience

/// How a connection is opened, greeted, read, and opened again.
extension RedisConnection {
    /// Opens the connection and keeps it open until ``stop()``.
    func start() {
        if case .idle = self.phase { self.connect() }
    }

    /// Closes the connection for ever. What waits fails with ``RedisError/Code/closed``.
    func stop() {
        self.closeLink(RedisError(.closed, "The Redis client was shut down", isOutcomeUnknown: true))
        self.phase = .stopped
        self.refuseUnsent(RedisError(.closed, "The Redis client was shut down"))
    }

    func connect() {
        self.attempt += 1
        let attempt = self.attempt
        self.phase = .lookingUp
        self.attemptTimer?.cancel()
        self.attemptTimer = self.loop.schedule(after: self.configuration.connectTimeout) {
            self.attemptTimedOut(attempt)
        }
        let configuration = self.configuration
        if configuration.sentinel == nil, HostLookup.isNumeric(configuration.host) {
            return self.open(RedisAddress(host: configuration.host, port: configuration.port))
        }
        self.lookups += 1
        let loop = self.loop
        let lookup = self.lookups
        let isStarted = HelperThread.start {
            let found = Result { () throws(RedisError) in try ServerLookup.find(configuration, attempt: lookup) }
            loop.execute { self.assumeIsolated { $0.lookedUp(found, attempt: attempt) } }
        }
        if !isStarted { self.linkFailed(RedisError(.notConnected, "There is no thread to look up the server's address")) }
    }

    private func lookedUp(_ found: Result<RedisAddress, RedisError>, attempt: Int) {
        guard attempt == self.attempt, case .lookingUp = self.phase else { return }
        switch found {
        case .success(let address): self.open(address)
        case .failure(let error): self.linkFailed(error)
        }
    }

    private func open(_ address: RedisAddress) {
        do throws(RedisError) {
            let socket = try HiredisSocket(address: address.host, port: address.port)
            let attempt = self.attempt
            let registration = self.loop.register(socket.fileDescriptor, interest: .write) { events in
                self.socketReady(events, attempt: attempt)
            }
            self.phase = .connecting(Link(socket: socket, registration: registration))
        } catch {
            self.linkFailed(error)
        }
    }

    private func attemptTimedOut(_ attempt: Int) {
        guard attempt == self.attempt else { return }
        switch self.phase {
        case .lookingUp, .connecting, .greeting:
            self.linkFailed(RedisError(.notConnected, "Connecting took longer than \(self.configuration.connectTimeout)"))
        case .idle, .ready, .pausing, .stopped:
            break
        }
    }

    // MARK: - Readiness

    private func socketReady(_ events: ReadyEvents, attempt: Int) {
        guard attempt == self.attempt else { return }
        switch self.phase {
        case .connecting(let link):
            if let reason = link.socket.connectFailure() {
                self.linkFailed(RedisError(.notConnected, reason))
            } else {
                self.greet(over: link)
            }
        case .greeting(let link), .ready(let link):
            if events.contains(.writable) { self.flush(link) }
            if events.contains(.readable) { self.read(link) }
        case .idle, .lookingUp, .pausing, .stopped:
            break
        }
    }

    func flush(_ link: Link) {
        do throws(RedisError) {
            try link.socket.flush()
            link.registration.setInterest(link.socket.hasOutput ? [.read, .write] : .read)
        } catch {
            self.linkFailed(error)
        }
    }

    private func read(_ link: Link) {
        do throws(RedisError) {
            if try link.socket.fill() { self.lastProgress = .now }
            while let reply = try link.socket.nextReply() {
                switch self.pipeline.receive(reply) {
                case .pending: break
                case .completed(.caller(let continuation), let replies): continuation.resume(returning: replies)
                case .completed(.greeting, let replies): try self.welcomed(replies, over: link)
                case .unexpected: throw RedisError(.protocolViolation, "Redis answered without being asked")
                }
            }
        } catch {
            self.linkFailed(error)
        }
    }

    // MARK: - Greeting

    private func greet(over link: Link) {
        self.phase = .greeting(link)
        link.registration.setInterest(.read)
        let frame = CommandFrame(Greeting(self.configuration).commands)
        let deadline = ContinuousClock.now.advanced(by: self.configuration.connectTimeout)
        self.send(frame, id: self.pipeline.makeID(), deadline: deadline, waiter: .greeting, over: link)
    }

    private func welcomed(_ replies: [RedisValue], over link: Link) throws(RedisError) {
        try Greeting(self.configuration).check(replies)
        self.phase = .ready(link)
        self.attemptTimer?.cancel()
        self.failures = 0
        self.backoff = Self.makeBackoff(self.configuration)
        self.metrics.connected()
        self.logger.debug("Redis connected")
        for frame in self.pipeline.takeUnsent() { link.socket.append(frame) }
        self.scheduleFlush()
    }

    // MARK: - The end of a link, and the next one

    /// Gives up the link or the attempt, tells those who wait for its replies, and plans the next attempt.
    func linkFailed(_ error: RedisError) {
        if case .stopped = self.phase { return }
        self.metrics.disconnected()
        self.logger.info("Redis connection lost", metadata: ["reason": "\(error.message)", "failures": "\(self.failures)"])
        self.closeLink(error)
        self.failures += 1
        if self.failures >= Self.refusalThreshold {
            self.refuseUnsent(RedisError(.notConnected, error.message))
        }
        self.phase = .pausing
        let attempt = self.attempt
        let pause = self.backoff.next(random: .random(in: 0..<1))
        self.loop.schedule(after: pause) { self.pauseEnded(attempt) }
    }

    private func pauseEnded(_ attempt: Int) {
        guard attempt == self.attempt, case .pausing = self.phase else { return }
        // Nobody needs a blocking connection that has no command.
        if self.purpose == .blocking, self.pipeline.count == 0 {
            self.phase = .idle
        } else {
            self.connect()
        }
    }

    /// Closes the socket, if there is one, and fails what was sent over it.
    func closeLink(_ error: RedisError) {
        self.attemptTimer?.cancel()
        switch self.phase {
        case .connecting(let link), .greeting(let link), .ready(let link): link.registration.cancel()
        case .idle, .lookingUp, .pausing, .stopped: break
        }
        // The attempt's number makes callbacks of the old link void; dropping the phase closes its socket.
        self.attempt += 1
        self.phase = .pausing
        let lost = RedisError(
            error.code == .closed ? .closed : .connectionLost, error.message, isOutcomeUnknown: true
        )
        for waiter in self.pipeline.failSent() { self.resume(waiter, throwing: lost) }
    }

    private func refuseUnsent(_ error: RedisError) {
        for waiter in self.pipeline.failUnsent() { self.resume(waiter, throwing: error) }
    }
}
