internal import NIOCore
internal import NIOHPACK
internal import NIOHTTP2

/// The client's side of one HTTP/2 connection, behind `NIOHTTP2Handler`, without streams as channels.
///
/// Lives on its event loop. Decides nothing about calls itself: ``ClientCallTable`` does.
final class ClientConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame
    typealias OutboundOut = HTTP2Frame
    typealias Token = CheckedContinuation<ClientCallEnd, Never>

    private enum Phase {
        case connecting
        case ready
        case draining
        case closed
    }

    private let configuration: RPCClientConfiguration
    private let events: ClientConnectionEvents
    private var mailbox: LoopMailbox<ClientCommand>?
    private var calls: ClientCallTable<Token>
    private var sweep = SweepSchedule()
    private var phase = Phase.connecting
    private var streamLimit = 100
    private var keepAlive: KeepAlive
    private var closeReason = RPCError(.unavailable, "the connection was closed")

    init(configuration: RPCClientConfiguration, events: ClientConnectionEvents) {
        self.configuration = configuration
        self.events = events
        self.calls = ClientCallTable(maximumMessageLength: configuration.maximumMessageLength)
        self.keepAlive = KeepAlive(interval: configuration.keepAliveInterval, timeout: configuration.keepAliveTimeout)
    }

    /// Makes the connection that tasks use. Call once, on the event loop, when the handler is in its pipeline.
    func makeConnection(on context: ChannelHandlerContext) -> ClientConnection {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let mailbox = LoopMailbox<ClientCommand>(loop: context.eventLoop) { commands in
            let (handler, context) = bound.value
            handler.perform(commands, context: context)
        }
        self.mailbox = mailbox
        return ClientConnection(mailbox: mailbox)
    }

    func channelActive(context: ChannelHandlerContext) {
        self.activate(context: context)
        context.fireChannelActive()
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive {
            self.activate(context: context)
        }
    }

    private func activate(context: ChannelHandlerContext) {
        // The connection's own window starts at 64 KiB and can only be raised by WINDOW_UPDATE.
        let increment = self.configuration.connectionWindow - 65_535
        if increment > 0 {
            self.write(.windowUpdate(windowSizeIncrement: increment), on: .rootStream, context: context)
            context.flush()
        }
        self.scheduleKeepAlive(context: context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = self.unwrapInboundIn(data)
        self.keepAlive.received(now: .now())
        let stream = Int(frame.streamID)
        switch frame.payload {
        case .headers(let payload):
            let headers = ReceivedHeaders(payload.headers)
            self.finish(self.calls.received(headers, endStream: payload.endStream, on: stream))
        case .data(let payload):
            guard case .byteBuffer(let bytes) = payload.data else { return }
            self.finish(self.calls.received(bytes, endStream: payload.endStream, on: stream))
        case .rstStream(let code):
            self.finish(self.calls.wasReset(stream, refused: code == .refusedStream, reason: "\(code)"))
        case .settings(.settings(let settings)):
            self.received(settings)
        case .goAway(let lastStream, let code, _):
            self.closeReason.message = "the server went away (\(code))"
            self.calls.goAway(lastStream: Int(lastStream)).forEach { self.finish($0) }
            self.drain(context: context)
        case .ping(_, ack: true):
            self.keepAlive.acknowledged()
        case .ping, .settings, .priority, .pushPromise, .windowUpdate, .alternativeService, .origin:
            break
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case let event as StreamClosedEvent:
            self.finish(self.calls.closed(Int(event.streamID)))
            self.closeIfDrained(context: context)
        case let event as NIOHTTP2WindowUpdatedEvent:
            self.openWindow(event, context: context)
        default:
            break
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if HTTP2Failure.isOfConnection(error) {
            self.closeReason.message = "the connection failed"
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.phase = .closed
        self.events.closed()
        self.calls.connectionLost(self.closeReason).forEach { self.finish($0) }
        for case .start(_, _, let continuation) in self.mailbox?.close() ?? [] {
            continuation.resume(returning: .notProcessed(self.closeReason))
        }
        context.fireChannelInactive()
    }
}

// MARK: - Commands

extension ClientConnectionHandler {
    private func perform(_ commands: [ClientCommand], context: ChannelHandlerContext) {
        for command in commands {
            switch command {
            case .start(let callID, let request, let continuation):
                self.start(callID, request, continuation, context: context)
            case .cancel(let callID):
                self.abandon(self.calls.cancel(callID: callID, now: .now()), context: context)
            case .drain:
                self.drain(context: context)
            case .close:
                context.close(promise: nil)
            }
        }
        context.flush()
    }

    private func start(_ callID: UInt64, _ request: ClientRequest, _ token: Token, context: ChannelHandlerContext) {
        guard self.phase == .ready, self.calls.openStreams < self.streamLimit else {
            let error = RPCError(.unavailable, "the connection takes no more calls")
            return token.resume(returning: .notProcessed(error))
        }
        let stream = HTTP2StreamID(self.calls.start(callID: callID, token: token, giveUp: request.giveUp))
        self.write(.headers(.init(headers: request.headers)), on: stream, context: context)
        self.write(.data(.init(data: .byteBuffer(request.body), endStream: true)), on: stream, context: context)
        self.scheduleSweep(at: request.giveUp, context: context)
        if self.calls.isExhausted {
            self.drain(context: context)
        }
    }

    private func finish(_ completion: ClientCallTable<Token>.Completion?) {
        if let completion {
            completion.token.resume(returning: completion.end)
        }
    }

    private func abandon(_ abandonment: ClientCallTable<Token>.Abandonment?, context: ChannelHandlerContext) {
        guard let abandonment else { return }
        self.finish(abandonment.completion)
        if let stream = abandonment.reset {
            self.write(.rstStream(.cancel), on: HTTP2StreamID(stream), context: context)
        }
        // So many calls without an answer: the rest of the world should use another connection.
        if self.calls.abandonedStreams > self.streamLimit / 2 {
            self.drain(context: context)
        }
    }

    private func drain(context: ChannelHandlerContext) {
        guard self.phase == .ready || self.phase == .connecting else { return }
        self.phase = .draining
        self.events.draining()
        self.closeIfDrained(context: context)
    }

    private func closeIfDrained(context: ChannelHandlerContext) {
        if self.phase == .draining, self.calls.openStreams == self.calls.abandonedStreams {
            context.close(promise: nil)
        }
    }

    private func write(_ payload: HTTP2Frame.FramePayload, on stream: HTTP2StreamID, context: ChannelHandlerContext) {
        context.write(self.wrapOutboundOut(HTTP2Frame(streamID: stream, payload: payload)), promise: nil)
    }
}

// MARK: - Connection upkeep

extension ClientConnectionHandler {
    private func received(_ settings: HTTP2Settings) {
        for setting in settings where setting.parameter == .maxConcurrentStreams {
            self.streamLimit = setting.value
        }
        // NIO holds frames of more than 100 streams back where the peer sets no limit; so 100 it is.
        switch self.phase {
        case .connecting, .ready:
            self.phase = .ready
            self.events.ready(self.streamLimit)
        case .draining, .closed:
            break
        }
    }

    private func openWindow(_ event: NIOHTTP2WindowUpdatedEvent, context: ChannelHandlerContext) {
        let isConnection = event.streamID == .rootStream
        let target = isConnection ? self.configuration.connectionWindow : self.configuration.streamWindow
        guard let window = event.inboundWindowSize,
            let increment = FlowControl.increment(window: window, target: target)
        else { return }
        self.write(.windowUpdate(windowSizeIncrement: increment), on: event.streamID, context: context)
        context.flush()
    }

    private func scheduleSweep(at deadline: NIODeadline, context: ChannelHandlerContext) {
        guard let due = self.sweep.add(deadline, now: .now()) else { return }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(deadline: due) {
            let (handler, context) = bound.value
            handler.sweep(due, context: context)
        }
    }

    private func sweep(_ due: NIODeadline, context: ChannelHandlerContext) {
        guard self.phase != .closed, self.sweep.begin(due) else { return }
        let (abandonments, next) = self.calls.expire(now: .now())
        abandonments.forEach { self.abandon($0, context: context) }
        if !abandonments.isEmpty {
            context.flush()
            self.closeIfDrained(context: context)
        }
        if let next {
            self.scheduleSweep(at: next, context: context)
        }
    }

    private func scheduleKeepAlive(context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: self.keepAlive.checkInterval) {
            let (handler, context) = bound.value
            handler.checkKeepAlive(context: context)
        }
    }

    private func checkKeepAlive(context: ChannelHandlerContext) {
        guard self.phase != .closed else { return }
        switch self.keepAlive.check(now: .now(), hasCalls: self.calls.openStreams > 0) {
        case .nothing:
            break
        case .ping:
            self.write(.ping(HTTP2PingData(withInteger: 0x50_55_4F_4B), ack: false), on: .rootStream, context: context)
            context.flush()
        case .dead:
            self.closeReason.message = "the server does not answer pings"
            context.close(promise: nil)
        }
        self.scheduleKeepAlive(context: context)
    }
}
