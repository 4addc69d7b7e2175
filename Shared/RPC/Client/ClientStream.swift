internal import NIOCore

/// One call's half of an HTTP/2 stream that we read from. Pure: frames in, the call's end out.
struct ClientStream<Token> {
    /// Who waits for the end; `nil` once that is delivered or nobody wants it any more.
    var token: Token?
    let callID: UInt64
    var giveUp: NIODeadline
    private var httpStatus: String?
    private var assembler: MessageAssembler

    init(callID: UInt64, token: Token, giveUp: NIODeadline, maximumMessageLength: Int) {
        self.callID = callID
        self.token = token
        self.giveUp = giveUp
        self.assembler = MessageAssembler(maximumLength: maximumMessageLength)
    }

    /// Takes a HEADERS frame: initial metadata, trailers, or both in one (a trailers-only answer).
    mutating func receive(_ headers: ReceivedHeaders, endStream: Bool) -> ClientCallEnd? {
        self.httpStatus = headers.httpStatus ?? self.httpStatus
        guard endStream else { return nil }
        if let error = GRPCStatus.read(headers.metadata, httpStatus: self.httpStatus) {
            return .failed(error)
        }
        do {
            guard let message = try self.assembler.finish() else {
                return .failed(RPCError(.internal, "the server answered OK without a message"))
            }
            return .reply(ClientReply(message: message, trailers: headers.metadata))
        } catch {
            return .failed(error)
        }
    }

    /// Takes a DATA frame.
    mutating func receive(_ bytes: ByteBuffer, endStream: Bool) -> ClientCallEnd? {
        // Nobody waits: the bytes are only read to keep the windows moving.
        guard self.token != nil else { return nil }
        do {
            try self.assembler.append(bytes)
        } catch {
            return .failed(error)
        }
        return endStream ? .failed(RPCError(.unknown, "the server ended the call without a status")) : nil
    }
}
