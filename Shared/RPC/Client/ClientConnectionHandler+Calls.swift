internal import NIOCore
internal import NIOHTTP2

extension ClientConnectionHandler {
    func perform(_ commands: [ClientCommand], context: ChannelHandlerContext) {
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

    func start(_ callID: UInt64, _ request: ClientRequest, _ token: Token, context: ChannelHandlerContext) {
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

    func finish(_ completion: ClientCallTable<Token>.Completion?) {
        if let completion {
            completion.token.resume(returning: completion.end)
        }
    }

    func abandon(_ abandonment: ClientCallTable<Token>.Abandonment?, context: ChannelHandlerContext) {
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

    func drain(context: ChannelHandlerContext) {
        guard self.phase == .ready || self.phase == .connecting else { return }
        self.phase = .draining
        self.events.draining()
        self.closeIfDrained(context: context)
    }

    func closeIfDrained(context: ChannelHandlerContext) {
        if self.phase == .draining, self.calls.openStreams == self.calls.abandonedStreams {
            context.close(promise: nil)
        }
    }

    func write(_ payload: HTTP2Frame.FramePayload, on stream: HTTP2StreamID, context: ChannelHandlerContext) {
        context.write(self.wrapOutboundOut(HTTP2Frame(streamID: stream, payload: payload)), promise: nil)
    }
}
