internal import NIOCore

/// All calls on one client connection, as a pure state machine: frames, time-outs and cancellations in, ends of calls out.
///
/// A stream stays in the table until HTTP/2 has closed it, because until then it counts against the peer's limit.
struct ClientCallTable<Token> {
    /// A call that has ended.
    struct Completion {
        let token: Token
        let end: ClientCallEnd
    }

    /// What has to be done when somebody stops waiting.
    struct Abandonment {
        let completion: Completion?
        /// The stream to reset; `nil` where the server is left to end it at its own deadline.
        let reset: Int?
    }

    private var streams: [Int: ClientStream<Token>] = [:]
    private var streamOfCall: [UInt64: Int] = [:]
    private var nextStream = 1
    private var resets: ResetBudget
    private let maximumMessageLength: Int

    init(maximumMessageLength: Int, resets: ResetBudget = ResetBudget()) {
        self.maximumMessageLength = maximumMessageLength
        self.resets = resets
    }

    /// Streams that HTTP/2 has not closed yet.
    var openStreams: Int { self.streams.count }

    /// Open streams that nobody waits for.
    var abandonedStreams: Int { self.streams.count - self.streamOfCall.count }

    /// Whether all stream numbers of the connection are used up.
    var isExhausted: Bool { self.nextStream > Int(Int32.max) }

    /// Begins a call.
    /// - Returns: Its stream.
    mutating func start(callID: UInt64, token: Token, giveUp: NIODeadline) -> Int {
        let stream = self.nextStream
        self.nextStream += 2
        self.streamOfCall[callID] = stream
        self.streams[stream] = ClientStream(
            callID: callID, token: token, giveUp: giveUp, maximumMessageLength: self.maximumMessageLength)
        return stream
    }

    /// A HEADERS frame came.
    mutating func received(_ headers: ReceivedHeaders, endStream: Bool, on stream: Int) -> Completion? {
        guard let end = self.streams[stream]?.receive(headers, endStream: endStream) else { return nil }
        return self.complete(stream, end)
    }

    /// A DATA frame came.
    mutating func received(_ bytes: ByteBuffer, endStream: Bool, on stream: Int) -> Completion? {
        guard let end = self.streams[stream]?.receive(bytes, endStream: endStream) else { return nil }
        return self.complete(stream, end)
    }

    /// The server reset the stream.
    mutating func wasReset(_ stream: Int, refused: Bool, reason: String) -> Completion? {
        let error = RPCError(.unavailable, "the server reset the call (\(reason))")
        return self.complete(stream, refused ? .notProcessed(error) : .failed(error))
    }

    /// HTTP/2 closed the stream; whoever still waits gets an error.
    mutating func closed(_ stream: Int) -> Completion? {
        let completion = self.complete(stream, .failed(RPCError(.internal, "the stream was closed without an answer")))
        self.streams[stream] = nil
        return completion
    }

    /// The server goes away and has not looked at any stream after `lastStream`.
    mutating func goAway(lastStream: Int) -> [Completion] {
        self.streams.keys.filter { $0 > lastStream }.compactMap {
            self.complete($0, .notProcessed(RPCError(.unavailable, "the server goes away")))
        }
    }

    /// The caller went away.
    mutating func cancel(callID: UInt64, now: NIODeadline) -> Abandonment? {
        guard let stream = self.streamOfCall[callID] else { return nil }
        return self.abandon(stream, RPCError(.cancelled, "the call was cancelled"), now: now)
    }

    /// Looks for calls whose time is over.
    /// - Returns: What to do, and when to look again.
    mutating func expire(now: NIODeadline) -> (abandonments: [Abandonment], next: NIODeadline?) {
        var abandonments: [Abandonment] = []
        var next: NIODeadline?
        for (stream, state) in self.streams {
            if state.giveUp <= now {
                let error = RPCError(.deadlineExceeded, "no answer in time")
                abandonments.append(self.abandon(stream, error, now: now))
            }
            if let giveUp = self.streams[stream]?.giveUp, giveUp > now {
                next = min(next ?? giveUp, giveUp)
            }
        }
        return (abandonments, next)
    }

    /// The connection is gone.
    mutating func connectionLost(_ error: RPCError) -> [Completion] {
        let completions = self.streams.keys.compactMap { self.complete($0, .failed(error)) }
        self.streams.removeAll()
        return completions
    }

    private mutating func complete(_ stream: Int, _ end: ClientCallEnd) -> Completion? {
        guard let token = self.streams[stream]?.token, let callID = self.streams[stream]?.callID else { return nil }
        self.streams[stream]?.token = nil
        self.streamOfCall[callID] = nil
        return Completion(token: token, end: end)
    }

    private mutating func abandon(_ stream: Int, _ error: RPCError, now: NIODeadline) -> Abandonment {
        let completion = self.complete(stream, .failed(error))
        let mayReset = self.resets.take(now: now)
        // Without leave to reset, look again later: most streams are gone by then.
        self.streams[stream]?.giveUp = mayReset ? .distantFuture : now + .seconds(1)
        return Abandonment(completion: completion, reset: mayReset ? stream : nil)
    }
}
