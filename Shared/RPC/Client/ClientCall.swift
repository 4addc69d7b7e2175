internal import NIOCore
internal import NIOHPACK
internal import Resilience
internal import ResilienceMetrics

/// One call with everything its attempts have in common.
struct ClientCall {
    let client: RPCClient
    let path: String
    let body: ByteBuffer
    let metadata: RPCMetadata
    let metrics: PolicyMetrics

    init(client: RPCClient, path: String, message: [UInt8], metadata: RPCMetadata, metrics: PolicyMetrics) {
        self.client = client
        self.path = path
        self.body = MessageFrame.encode(message)
        self.metadata = metadata
        self.metrics = metrics
    }

    /// One attempt: sends the call to the best endpoint, and to the next if it certainly was not processed there.
    func perform(_ attempt: CallAttempt) async throws(RPCError) -> ClientReply {
        var refused: Set<Endpoint> = []
        var failovers = 0
        while true {
            let pick = try await self.acquire(excluding: refused, attempt)
            switch await self.send(pick, attempt) {
            case .reply(let reply):
                return reply
            case .failed(let error):
                throw error
            case .notProcessed(let error):
                guard failovers < self.client.configuration.maximumFailovers else { throw error }
                failovers += 1
                refused.insert(pick.endpoint)
                self.metrics.failedOver()
            }
        }
    }

    private func acquire(
        excluding refused: Set<Endpoint>,
        _ attempt: CallAttempt
    ) async throws(RPCError) -> Balancer.Core.Pick {
        var patience = self.client.configuration.connectionPatience
        if let remaining = attempt.deadline?.remaining {
            guard remaining > .zero else { throw RPCError(.deadlineExceeded, "no time left") }
            patience = min(patience, remaining)
        }
        if let pick = await self.client.balancer.acquire(excluding: refused, patience: patience) {
            return pick
        }
        if Task.isCancelled { throw RPCError(.cancelled, "the call was cancelled") }
        if attempt.deadline?.isExpired == true { throw RPCError(.deadlineExceeded, "no connection in time") }
        throw RPCError(.unavailable, "no connection to \(self.client.target) has room")
    }

    private func send(_ pick: Balancer.Core.Pick, _ attempt: CallAttempt) async -> ClientCallEnd {
        let start = ContinuousClock.now
        let end = await pick.connection.perform(self.request(attempt))
        let failed: Bool? =
            switch end {
            case .reply: false
            case .failed(let error): error.outcome == .ignored ? nil : error.outcome.isFailure
            case .notProcessed: nil
            }
        self.client.balancer.release(pick, duration: start.duration(to: .now), failed: failed)
        return end
    }

    private func request(_ attempt: CallAttempt) -> ClientRequest {
        let configuration = self.client.configuration
        let remaining = min(attempt.deadline?.remaining ?? .seconds(60), .seconds(86_400))
        var headers = HPACKHeaders()
        headers.reserveCapacity(10 + self.metadata.entries.count)
        headers.add(name: ":method", value: "POST")
        headers.add(name: ":scheme", value: configuration.tls == nil ? "http" : "https")
        headers.add(name: ":path", value: self.path)
        headers.add(name: ":authority", value: self.client.target)
        headers.add(name: "te", value: "trailers")
        headers.add(name: "content-type", value: "application/grpc+proto")
        headers.add(name: "user-agent", value: "souk-rpc")
        headers.add(name: "grpc-timeout", value: GRPCTimeout.encode(remaining), indexing: .nonIndexable)
        if attempt.number > 0 {
            headers.add(name: "grpc-previous-rpc-attempts", value: "\(attempt.number)")
        }
        if let token = configuration.bearerToken {
            headers.add(name: "authorization", value: "Bearer \(token)")
        }
        for entry in self.metadata.entries {
            headers.add(name: entry.name, value: entry.value, indexing: .nonIndexable)
        }
        let giveUp = NIODeadline.now() + TimeAmount(remaining + configuration.deadlineSlack)
        return ClientRequest(headers: headers, body: self.body, giveUp: giveUp)
    }
}
