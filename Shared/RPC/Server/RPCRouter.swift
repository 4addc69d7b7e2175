internal import Instrumentation
internal import Logging
internal import NIOCore
internal import Resilience
internal import Synchronization
internal import Tracing

/// Finds the handler of a call and runs it with everything around it: bounds, authentication, deadline, trace, metrics.
final class RPCRouter: Sendable {
    private let handlers: [String: RPCHandler]
    private let metrics: [String: RPCServerMetrics]
    private let unknownMetrics = RPCServerMetrics(path: "unknown")
    private let authenticator: RPCAuthenticator?
    private let maximumCalls: Int
    private let running = Atomic<Int>(0)
    private let logger: Logger

    init(handlers: [RPCHandler], authenticator: RPCAuthenticator?, maximumCalls: Int, logger: Logger) {
        self.handlers = Dictionary(handlers.map { ($0.path, $0) }, uniquingKeysWith: { $1 })
        self.metrics = self.handlers.mapValues { RPCServerMetrics(path: $0.path) }
        self.authenticator = authenticator
        self.maximumCalls = maximumCalls
        self.logger = logger
    }

    /// The answer to a request. Never throws: what goes wrong is an answer too.
    func answer(_ request: ServerRequest, peer: String) async -> Result<[UInt8], RPCError> {
        let start = ContinuousClock.now
        let metrics = self.metrics[request.path] ?? self.unknownMetrics
        let result = await self.bounded(request, peer: peer)
        switch result {
        case .success: metrics.record(nil, start.duration(to: .now))
        case .failure(let error): metrics.record(error.code, start.duration(to: .now))
        }
        return result
    }

    private func bounded(_ request: ServerRequest, peer: String) async -> Result<[UInt8], RPCError> {
        defer { self.running.subtract(1, ordering: .relaxed) }
        guard self.running.add(1, ordering: .relaxed).newValue <= self.maximumCalls else {
            return .failure(RPCError(.resourceExhausted, "too many calls at once", retryAfter: .milliseconds(100)))
        }
        guard let handler = self.handlers[request.path] else {
            return .failure(RPCError(.unimplemented, "unknown method \(request.path)"))
        }
        guard !request.deadline.isExpired else {
            return .failure(RPCError(.deadlineExceeded, "the time was over before the call began"))
        }
        var context = InstrumentationContext.topLevel
        InstrumentationSystem.instrument.extract(request.metadata, into: &context, using: MetadataCarrier())
        let scope = CallScope(deadline: request.deadline)
        return await CallScope.$current.withValue(scope) {
            await withSpan(String(request.path.dropFirst()), context: context, ofKind: .server) { span in
                span.attributes["rpc.system"] = "grpc"
                let result = await self.run(handler, request, peer: peer)
                if case .failure(let error) = result {
                    span.attributes["rpc.grpc.status_code"] = error.code.rawValue
                } else {
                    span.attributes["rpc.grpc.status_code"] = 0
                }
                return result
            }
        }
    }

    private func run(_ handler: RPCHandler, _ request: ServerRequest, peer: String) async -> Result<[UInt8], RPCError> {
        var context = RPCContext(
            path: request.path, metadata: request.metadata, deadline: request.deadline, peer: peer)
        do {
            if handler.isAuthenticated, let authenticator = self.authenticator {
                context.caller = try await authenticator.authenticate(context)
            }
            return .success(try await handler.perform(Array(request.message.readableBytesView), context))
        } catch {
            let status = RPCError(translating: error)
            if status.code == .unknown || status.code == .internal {
                self.logger.error(
                    "Handler failed",
                    metadata: ["rpc.method": "\(request.path)", "error": "\(String(reflecting: error))"]
                )
            }
            return .failure(status)
        }
    }
}
