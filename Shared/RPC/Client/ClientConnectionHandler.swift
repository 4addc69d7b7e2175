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

    enum Phase {
        case connecting
        case ready
        case draining
        case closed
    }

    let configuration: RPCClientConfiguration
    let events: ClientConnectionEvents
    var mailbox: LoopMailbox<ClientCommand>?
    var calls: ClientCallTable<Token>
    var sweep = SweepSchedule()
    var phase = Phase.connecting
    var streamLimit = 100
    var keepAlive: KeepAlive
    var closeReason = RPCError(.unavailable, "the connection was closed")

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

    func activate(context: ChannelHandlerContext) {
        // The connection's own window starts at 64 KiB and can only be raised by WINDOW_UPDATE.
        let increment = self.configuration.connectionWindow - 65_535
        if increment > 0 {
            self.write(.windowUpdate(windowSizeIncrement: increment), on: .rootStream, context: context)
            context.flush()
        }
        self.limitHandshake(context: context)
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
