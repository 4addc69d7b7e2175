internal import NIOCore
internal import NIOHPACK
internal import NIOHTTP2

extension ServerConnectionHandler {
    func perform(_ commands: [ServerCommand], context: ChannelHandlerContext) {
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

    func perform(_ effect: ServerCallTable.Effect, on stream: Int, context: ChannelHandlerContext) {
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

    func answer(_ stream: Int, _ result: Result<[UInt8], RPCError>, context: ChannelHandlerContext) {
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

    static let responseHeaders = HPACKHeaders([(":status", "200"), ("content-type", "application/grpc+proto")])
    static let okTrailers = HPACKHeaders([("grpc-status", "0")])

    static func trailersOnly(_ error: RPCError) -> HPACKHeaders {
        var headers = Self.responseHeaders
        GRPCStatus.write(error, to: &headers)
        return headers
    }

    func write(_ payload: HTTP2Frame.FramePayload, on stream: HTTP2StreamID, context: ChannelHandlerContext) {
        context.write(self.wrapOutboundOut(HTTP2Frame(streamID: stream, payload: payload)), promise: nil)
    }
}
