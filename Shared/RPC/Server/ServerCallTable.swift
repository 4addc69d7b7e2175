internal import NIOCore
internal import Resilience

/// All calls on one server connection, as a pure state machine: frames and time in, what to do out.
///
/// A stream stays in the table until HTTP/2 has closed it.
struct ServerCallTable {
    /// What a frame leads to.
    enum Effect {
        /// Nothing yet.
        case nothing
        /// The request is complete: run its handler.
        case dispatch(ServerRequest)
        /// Answer with a status. `reset`: and then reset the stream, because the client is still sending.
        case answer(RPCError, reset: Bool)
        /// Reset the stream as never processed, so that the client may go elsewhere.
        case refuse
    }

    private enum Phase {
        case receiving(ReceivedHeaders, MessageAssembler)
        /// The answer is known, but the client is still sending: read to the end first, a reset would look like a failure.
        case rejecting(RPCError)
        case running
        case answered
    }

    private struct Call {
        var phase: Phase
        var expiry: NIODeadline
        let deadline: Deadline
        var received = 0
    }

    private let configuration: RPCServerConfiguration
    private var calls: [Int: Call] = [:]
    private var bufferedBytes = 0
    private(set) var lastStream = 0
    /// Streams after this one are refused; set when the connection drains.
    private var lastAccepted = Int.max

    init(configuration: RPCServerConfiguration) {
        self.configuration = configuration
    }

    /// Streams that HTTP/2 has not closed yet.
    var openStreams: Int { self.calls.count }

    /// Refuses all streams that begin from now on.
    /// - Returns: The last stream that is served.
    mutating func refuseNewStreams() -> Int {
        self.lastAccepted = self.lastStream
        return self.lastStream
    }

    /// A HEADERS frame came.
    mutating func received(
        _ headers: ReceivedHeaders,
        endStream: Bool,
        on stream: Int,
        now: NIODeadline,
        clock: ContinuousClock.Instant
    ) -> Effect {
        if self.calls[stream] != nil {
            // Trailers of a request: gRPC has none, so they only can mark the end.
            return endStream ? self.ended(stream) : .nothing
        }
        guard stream > self.lastStream else { return .nothing }
        self.lastStream = stream
        guard stream <= self.lastAccepted, self.calls.count < self.configuration.maximumConcurrentStreams else {
            return .refuse
        }
        let timeout = self.timeout(of: headers)
        self.calls[stream] = Call(
            phase: Self.validate(headers).map(Phase.rejecting)
                ?? .receiving(headers, MessageAssembler(maximumLength: self.configuration.maximumMessageLength)),
            expiry: now + TimeAmount(timeout),
            deadline: Deadline(clock.advanced(by: timeout - Self.hopMargin(timeout)))
        )
        return endStream ? self.ended(stream) : .nothing
    }

    /// A DATA frame came.
    mutating func received(_ bytes: ByteBuffer, endStream: Bool, on stream: Int) -> Effect {
        guard var call = self.calls[stream] else { return .nothing }
        if case .receiving(let headers, var assembler) = call.phase {
            do {
                call.received += bytes.readableBytes
                self.bufferedBytes += bytes.readableBytes
                guard self.bufferedBytes <= self.configuration.maximumBufferedBytes else {
                    throw RPCError(.resourceExhausted, "too many unfinished requests on the connection")
                }
                try assembler.append(bytes)
                call.phase = .receiving(headers, assembler)
                self.calls[stream] = call
            } catch let error as RPCError {
                return self.reject(stream, &call, error, endStream: endStream)
            } catch {
                return self.reject(stream, &call, RPCError(.internal), endStream: endStream)
            }
        }
        return endStream ? self.ended(stream) : .nothing
    }

    /// How long the call may take.
    func timeout(of headers: ReceivedHeaders) -> Duration {
        // A day at most: clocks cannot count as far as eight digits of hours.
        min(headers.timeout.flatMap(GRPCTimeout.parse) ?? self.configuration.defaultTimeout, .seconds(86_400))
    }

    /// An answer is about to be written.
    /// - Returns: Whether the stream still wants one.
    mutating func answer(_ stream: Int) -> Bool {
        switch self.calls[stream]?.phase {
        case .running, .receiving, .rejecting:
            self.calls[stream]?.phase = .answered
            return true
        case .answered, nil:
            return false
        }
    }

    /// HTTP/2 closed the stream.
    mutating func closed(_ stream: Int) {
        guard let call = self.calls.removeValue(forKey: stream) else { return }
        self.bufferedBytes -= call.received
    }

    /// Looks for calls whose time is over.
    /// - Returns: Calls to answer with `DEADLINE_EXCEEDED` (`reset` where the client is still sending), streams to reset
    ///   because the client does not take its answer, and when to look again.
    mutating func expire(now: NIODeadline) -> (late: [(stream: Int, reset: Bool)], stuck: [Int], next: NIODeadline?) {
        var late: [(stream: Int, reset: Bool)] = []
        var stuck: [Int] = []
        var next: NIODeadline?
        for (stream, call) in self.calls {
            if call.expiry <= now {
                switch call.phase {
                case .running: late.append((stream, false))
                case .receiving, .rejecting: late.append((stream, true))
                case .answered: stuck.append(stream)
                }
                // If the answer does not get through in this time, the stream is stuck.
                self.calls[stream]?.expiry = now + .seconds(5)
            }
            let expiry = self.calls[stream]?.expiry ?? call.expiry
            next = min(next ?? expiry, expiry)
        }
        return (late, stuck, next)
    }
}

extension ServerCallTable {
    /// What is taken off the caller's time, so that the answer gets back before the caller's own timer fires.
    private static func hopMargin(_ timeout: Duration) -> Duration {
        min(timeout / 20, .milliseconds(10))
    }

    private static func validate(_ headers: ReceivedHeaders) -> RPCError? {
        guard headers.method == "POST" else { return RPCError(.internal, "gRPC calls are POST requests") }
        guard let type = headers.contentType, type.hasPrefix("application/grpc"), !type.hasPrefix("application/grpc-web")
        else { return RPCError(.internal, "the content type is not application/grpc") }
        if let timeout = headers.timeout, GRPCTimeout.parse(timeout) == nil {
            return RPCError(.internal, "grpc-timeout cannot be read")
        }
        return nil
    }

    private mutating func reject(_ stream: Int, _ call: inout Call, _ error: RPCError, endStream: Bool) -> Effect {
        self.bufferedBytes -= call.received
        call.received = 0
        call.phase = .rejecting(error)
        self.calls[stream] = call
        return .answer(error, reset: !endStream)
    }

    private mutating func ended(_ stream: Int) -> Effect {
        guard let call = self.calls[stream] else { return .nothing }
        switch call.phase {
        case .running, .answered:
            return .nothing
        case .rejecting(let error):
            return .answer(error, reset: false)
        case .receiving(let headers, var assembler):
            self.bufferedBytes -= call.received
            self.calls[stream]?.received = 0
            self.calls[stream]?.phase = .running
            do {
                guard let message = try assembler.finish() else {
                    return .answer(RPCError(.internal, "the request has no message"), reset: false)
                }
                let request = ServerRequest(
                    stream: stream, path: headers.path ?? "", metadata: headers.metadata, deadline: call.deadline,
                    message: message)
                return .dispatch(request)
            } catch {
                return .answer(error, reset: false)
            }
        }
    }
}
