internal import NIOCore
internal import NIOHPACK
internal import NIOHTTP2

/// The server's side of one HTTP/2 connection, behind `NIOHTTP2Handler`, without streams as channels.
///
/// Lives on its event loop. Every request runs in a task of its own; the answers of all tasks come back through the mailbox
/// and leave with one flush per tick.
final class ServerConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = HTTP2Frame
    typealias OutboundOut = HTTP2Frame

    private enum Phase {
        case serving
        case draining
        case closed
    }

    private let configuration: RPCServerConfiguration
    private let router: RPCRouter
    private let registry: ServerConnectionRegistry
    private var mailbox: LoopMailbox<ServerCommand>?
    private var calls: ServerCallTable
    private var tasks: [Int: Task<Void, Never>] = [:]
    private var sweep = SweepSchedule()
    private var phase = Phase.serving
    private var hasNamedLastStream = false
    private var isLingering = false
    private var peer = "unknown"

    init(configuration: RPCServerConfiguration, router: RPCRouter, registry: ServerConnectionRegistry) {
        self.configuration = configuration
        self.router = router
        self.registry = registry
        self.calls = ServerCallTable(configuration: configuration)
    }

    func channelActive(context: ChannelHandlerContext) {
        self.peer = context.remoteAddress?.description ?? "unknown"
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let mailbox = LoopMailbox<ServerCommand>(loop: context.eventLoop) { commands in
            let (handler, context) = bound.value
            handler.perform(commands, context: context)
        }
        self.mailbox = mailbox
        // The connection's own window starts at 64 KiB and can only be raised by WINDOW_UPDATE.
        let increment = self.configuration.connectionWindow - 65_535
        if increment > 0 {
            self.write(.windowUpdate(windowSizeIncrement: increment), on: .rootStream, context: context)
            context.flush()
        }
        if !self.registry.add(mailbox) {
            context.close(promise: nil)
        }
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = self.unwrapInboundIn(data)
        let stream = Int(frame.streamID)
        switch frame.payload {
        case .headers(let payload):
            let now = NIODeadline.now()
            let headers = ReceivedHeaders(payload.headers)
            let effect = self.calls.received(headers, endStream: payload.endStream, on: stream, now: now, clock: .now)
            self.perform(effect, on: stream, context: context)
            self.scheduleSweep(context: context, headers: headers, now: now)
        case .data(let payload):
            guard case .byteBuffer(let bytes) = payload.data else { return }
            let effect = self.calls.received(bytes, endStream: payload.endStream, on: stream)
            self.perform(effect, on: stream, context: context)
        case .ping(let data, ack: true) where data.integer == Self.drainPing:
            self.finishGoodbye(context: context)
        case .ping, .rstStream, .goAway, .settings, .priority, .pushPromise, .windowUpdate, .alternativeService, .origin:
            break
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        // Answers that needed no task were written but not flushed.
        context.flush()
        context.fireChannelReadComplete()
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case let event as StreamClosedEvent:
            let stream = Int(event.streamID)
            self.tasks.removeValue(forKey: stream)?.cancel()
            self.calls.closed(stream)
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
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        self.phase = .closed
        if let mailbox = self.mailbox {
            _ = mailbox.close()
            self.registry.remove(mailbox)
        }
        for task in self.tasks.values {
            task.cancel()
        }
        self.tasks.removeAll()
        context.fireChannelInactive()
    }
}

// MARK: - Calls

extension ServerConnectionHandler {
    private func perform(_ commands: [ServerCommand], context: ChannelHandlerContext) {
        for command in commands {
            switch command {
            case .answer(let stream, let result):
                self.tasks[stream] = nil
                self.answer(stream, result, context: context)
            case .drain:
                self.sayGoodbye(context: context)
            case .close:
                context.close(promise: nil)
            }
        }
        context.flush()
    }

    private func perform(_ effect: ServerCallTable.Effect, on stream: Int, context: ChannelHandlerContext) {
        switch effect {
        case .nothing:
            break
        case .dispatch(let request):
            guard let mailbox = self.mailbox else { return }
            let router = self.router
            let peer = self.peer
            self.tasks[stream] = Task {
                let result = await router.answer(request, peer: peer)
                _ = mailbox.post(.answer(stream: request.stream, result))
            }
        case .answer(let error, let reset):
            self.answer(stream, .failure(error), context: context)
            if reset {
                self.write(.rstStream(.noError), on: HTTP2StreamID(stream), context: context)
            }
        case .refuse:
            self.write(.rstStream(.refusedStream), on: HTTP2StreamID(stream), context: context)
        }
    }

    private func answer(_ stream: Int, _ result: Result<[UInt8], RPCError>, context: ChannelHandlerContext) {
        guard self.calls.answer(stream) else { return }
        let id = HTTP2StreamID(stream)
        switch result {
        case .success(let message) where message.count > self.configuration.maximumMessageLength:
            let error = RPCError(.resourceExhausted, "a reply of \(message.count) bytes is too long")
            self.write(.headers(.init(headers: Self.trailersOnly(error), endStream: true)), on: id, context: context)
        case .success(let message):
            let body = MessageFrame.encode(message, allocator: context.channel.allocator)
            self.write(.headers(.init(headers: Self.responseHeaders)), on: id, context: context)
            self.write(.data(.init(data: .byteBuffer(body))), on: id, context: context)
            self.write(.headers(.init(headers: Self.okTrailers, endStream: true)), on: id, context: context)
        case .failure(let error):
            self.write(.headers(.init(headers: Self.trailersOnly(error), endStream: true)), on: id, context: context)
        }
    }

    private static let responseHeaders = HPACKHeaders([(":status", "200"), ("content-type", "application/grpc+proto")])
    private static let okTrailers = HPACKHeaders([("grpc-status", "0")])

    private static func trailersOnly(_ error: RPCError) -> HPACKHeaders {
        var headers = Self.responseHeaders
        GRPCStatus.write(error, to: &headers)
        return headers
    }

    private func write(_ payload: HTTP2Frame.FramePayload, on stream: HTTP2StreamID, context: ChannelHandlerContext) {
        context.write(self.wrapOutboundOut(HTTP2Frame(streamID: stream, payload: payload)), promise: nil)
    }
}

// MARK: - Connection upkeep

extension ServerConnectionHandler {
    private static let drainPing: UInt64 = 0x64_72_61_69_6E

    /// First half of the goodbye: "no more calls, please". Calls that cross it on the way are still served, until the answer
    /// to the ping shows that the client has seen it.
    private func sayGoodbye(context: ChannelHandlerContext) {
        guard self.phase == .serving else { return }
        self.phase = .draining
        self.write(
            .goAway(lastStreamID: .maxID, errorCode: .noError, opaqueData: nil), on: .rootStream, context: context)
        let ping = HTTP2PingData(withInteger: Self.drainPing)
        self.write(.ping(ping, ack: false), on: .rootStream, context: context)
        context.flush()
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: .milliseconds(500)) {
            let (handler, context) = bound.value
            handler.finishGoodbye(context: context)
        }
    }

    /// Second half: "this was the last call". Later ones are refused, so that the client sends them elsewhere.
    private func finishGoodbye(context: ChannelHandlerContext) {
        guard self.phase == .draining, !self.hasNamedLastStream else { return }
        self.hasNamedLastStream = true
        let last = HTTP2StreamID(self.calls.refuseNewStreams())
        self.write(.goAway(lastStreamID: last, errorCode: .noError, opaqueData: nil), on: .rootStream, context: context)
        context.flush()
        self.closeIfDrained(context: context)
    }

    /// Leaves the closing to the client, which has nothing more to wait for: if we closed while its last frames arrive, the
    /// kernel would answer them with a reset, and that may destroy answers that are still on their way.
    private func closeIfDrained(context: ChannelHandlerContext) {
        guard self.phase == .draining, self.hasNamedLastStream, self.calls.openStreams == 0, !self.isLingering else {
            return
        }
        self.isLingering = true
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: .seconds(1)) {
            let (handler, context) = bound.value
            if handler.phase != .closed {
                context.close(promise: nil)
            }
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

    private func scheduleSweep(context: ChannelHandlerContext, headers: ReceivedHeaders, now: NIODeadline) {
        self.scheduleSweep(at: now + TimeAmount(self.calls.timeout(of: headers)), context: context)
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
        let (late, stuck, next) = self.calls.expire(now: .now())
        for (stream, reset) in late {
            self.tasks.removeValue(forKey: stream)?.cancel()
            let error = RPCError(.deadlineExceeded, "the deadline has passed")
            self.perform(.answer(error, reset: reset), on: stream, context: context)
        }
        for stream in stuck {
            self.write(.rstStream(.cancel), on: HTTP2StreamID(stream), context: context)
        }
        if !late.isEmpty || !stuck.isEmpty {
            context.flush()
        }
        if let next {
            self.scheduleSweep(at: next, context: context)
        }
    }
}
