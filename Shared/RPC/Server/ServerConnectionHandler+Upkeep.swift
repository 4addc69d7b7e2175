internal import NIOCore
internal import NIOHTTP2

extension ServerConnectionHandler {
    static let drainPing: UInt64 = 0x64_72_61_69_6E

    /// First half of the goodbye: "no more calls, please". Calls that cross it on the way are still served, until the answer
    /// to the ping shows that the client has seen it.
    func sayGoodbye(context: ChannelHandlerContext) {
        guard self.phase == .serving else { return }
        self.phase = .draining
        self.goAway.write(lastStream: .max)
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
    func finishGoodbye(context: ChannelHandlerContext) {
        guard self.phase == .draining, !self.hasNamedLastStream else { return }
        self.hasNamedLastStream = true
        self.goAway.write(lastStream: self.calls.refuseNewStreams())
        self.closeIfDrained(context: context)
    }

    /// Leaves the closing to the client, which has nothing more to wait for: if we closed while its last frames arrive, the
    /// kernel would answer them with a reset, and that may destroy answers that are still on their way.
    func closeIfDrained(context: ChannelHandlerContext) {
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

    /// Closes a connection on which no HTTP/2 client shows itself.
    func limitHandshake(context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: TimeAmount(self.configuration.handshakeTimeout)) {
            let (handler, context) = bound.value
            if !handler.hasHeardFromClient, handler.phase != .closed {
                context.close(promise: nil)
            }
        }
    }

    /// The connection's own window starts at 64 KiB and can only be raised by WINDOW_UPDATE (RFC 9113, 6.9.2).
    func raiseConnectionWindow(context: ChannelHandlerContext) {
        let increment = self.configuration.connectionWindow - 65_535
        guard increment > 0 else { return }
        self.write(.windowUpdate(windowSizeIncrement: increment), on: .rootStream, context: context)
        context.flush()
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

    func scheduleSweep(context: ChannelHandlerContext, headers: ReceivedHeaders, now: NIODeadline) {
        self.scheduleSweep(at: now + TimeAmount(self.calls.timeout(of: headers)), context: context)
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
