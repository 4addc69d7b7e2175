internal import NIOCore
internal import NIOHTTP2

extension ClientConnectionHandler {
    func received(_ settings: HTTP2Settings) {
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

    func openWindow(_ event: NIOHTTP2WindowUpdatedEvent, context: ChannelHandlerContext) {
        let isConnection = event.streamID == .rootStream
        let target = isConnection ? self.configuration.connectionWindow : self.configuration.streamWindow
        guard let window = event.inboundWindowSize,
            let increment = FlowControl.increment(window: window, target: target)
        else { return }
        self.write(.windowUpdate(windowSizeIncrement: increment), on: event.streamID, context: context)
        context.flush()
    }

    func scheduleSweep(at deadline: NIODeadline, context: ChannelHandlerContext) {
        guard let due = self.sweep.add(deadline, now: .now()) else { return }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(deadline: due) {
            let (handler, context) = bound.value
            handler.sweep(due, context: context)
        }
    }

    func sweep(_ due: NIODeadline, context: ChannelHandlerContext) {
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

    /// Closes a connection on which no HTTP/2 server shows itself.
    func limitHandshake(context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: TimeAmount(self.configuration.connectTimeout)) {
            let (handler, context) = bound.value
            if case .connecting = handler.phase {
                handler.closeReason.message = "the server does not speak HTTP/2"
                context.close(promise: nil)
            }
        }
    }

    func scheduleKeepAlive(context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: self.keepAlive.checkInterval) {
            let (handler, context) = bound.value
            handler.checkKeepAlive(context: context)
        }
    }

    func checkKeepAlive(context: ChannelHandlerContext) {
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
