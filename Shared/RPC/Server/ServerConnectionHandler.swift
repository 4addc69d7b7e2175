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

    enum Phase {
        case serving
        case draining
        case closed
    }

    let configuration: RPCServerConfiguration
    let router: RPCRouter
    let registry: ServerConnectionRegistry
    let goAway: GoAwayWriter
    var mailbox: LoopMailbox<ServerCommand>?
    var calls: ServerCallTable
    var tasks: [Int: Task<Void, Never>] = [:]
    var sweep = SweepSchedule()
    var phase = Phase.serving
    var hasNamedLastStream = false
    var isLingering = false
    var hasHeardFromClient = false
    var peer = "unknown"

    init(
        configuration: RPCServerConfiguration,
        router: RPCRouter,
        registry: ServerConnectionRegistry,
        goAway: GoAwayWriter
    ) {
        self.configuration = configuration
        self.goAway = goAway
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
        // Before the first write: if the client is gone already, that write makes the channel inactive before it returns.
        let isWanted = self.registry.add(mailbox)
        self.raiseConnectionWindow(context: context)
        self.limitHandshake(context: context)
        if !isWanted {
            context.close(promise: nil)
        }
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let frame = self.unwrapInboundIn(data)
        self.hasHeardFromClient = true
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
