public import Logging
internal import NIOCore
internal import Resilience
internal import ResilienceMetrics
public import ServiceLifecycle
internal import SwiftProtobuf
internal import Synchronization
public import Wire

/// Calls the instances of one service over gRPC.
///
/// A client owns a few HTTP/2 connections to every endpoint and picks the least loaded for each call. Every call has a
/// deadline that travels with it; failed attempts of methods whose contract allows it are retried within a budget; a breaker
/// refuses calls while the target fails; a call that certainly was not processed goes to another endpoint at once.
///
/// Calls work while ``run()`` is active; calls made earlier wait for it.
public final class RPCClient: Service, Sendable {
    /// The name of the service that is called, for metrics, logs and `:authority`.
    public let target: String

    let configuration: RPCClientConfiguration
    let logger: Logger
    let endpoints: EndpointSource
    let balancer: Balancer
    let dials: AsyncStream<Balancer.Core.Dial>
    private let dialling: AsyncStream<Balancer.Core.Dial>.Continuation
    let budget = RetryBudget()
    let breaker: CircuitBreaker
    private let methods = Mutex<[String: PolicyMetrics]>([:])

    /// A client of the service `target` at `endpoints`. Nothing is opened before ``run()``.
    public init(
        target: String,
        endpoints: EndpointSource,
        configuration: RPCClientConfiguration = RPCClientConfiguration(),
        logger: Logger
    ) {
        self.target = target
        self.configuration = configuration
        self.logger = logger
        self.endpoints = endpoints
        let (dials, dialling) = AsyncStream.makeStream(of: Balancer.Core.Dial.self)
        self.dials = dials
        self.dialling = dialling
        self.balancer = Balancer(
            connectionsPerEndpoint: configuration.connectionsPerEndpoint,
            maximumWaiters: configuration.maximumWaitingCalls,
            dial: { dialling.yield($0) }
        )
        self.breaker = CircuitBreaker(
            target: target,
            configuration: configuration.breaker,
            observer: BreakerMetrics(target: target, logger: logger)
        )
    }

    /// Calls a method.
    ///
    /// - Parameters:
    ///   - method: The method, as its contract declares it.
    ///   - request: The message to send.
    ///   - metadata: What travels beside it.
    ///   - timeout: The longest the call may take with all its attempts; the method's own by default. The deadline of
    ///     `CallScope.current` holds where it is earlier.
    /// - Returns: The server's message.
    /// - Throws: ``RPCError``: the server's status, or one of our own for a call that could not be made. Cancellation ends
    ///   the call at once with ``RPCError/Code/cancelled``.
    public func call<Request, Reply>(
        _ method: RPCMethod<Request, Reply>,
        _ request: Request,
        metadata: RPCMetadata = [:],
        timeout: Duration? = nil
    ) async throws(RPCError) -> Reply {
        let bytes = try self.serialize(request)
        let timeout = timeout ?? method.timeout
        let isSafeToRetry = method.idempotency.isSafeToRetry
        let reply = try await self.call(
            path: method.path, bytes, metadata: metadata, timeout: timeout, isSafeToRetry: isSafeToRetry)
        do {
            return try Reply(serializedBytes: Array(reply.message.readableBytesView))
        } catch {
            throw RPCError(.internal, "the reply of \(method.path) cannot be read")
        }
    }

    /// Asks one instance whether it serves (`grpc.health.v1.Health/Check`).
    /// - Throws: ``RPCError`` if it cannot be asked.
    public func checkHealth(timeout: Duration = .seconds(1)) async throws(RPCError) -> Bool {
        let reply = try await self.call(
            path: RPCHealth.path, [], metadata: [:], timeout: timeout, isSafeToRetry: true)
        return RPCHealth.isServing(Array(reply.message.readableBytesView))
    }

    /// Calls a method whose messages are bytes.
    func call(
        path: String,
        _ message: [UInt8],
        metadata: RPCMetadata,
        timeout: Duration,
        isSafeToRetry: Bool
    ) async throws(RPCError) -> ClientReply {
        let metrics = self.metrics(for: path)
        let policy = CallPolicy(
            target: self.target,
            timeout: timeout,
            retry: isSafeToRetry ? self.configuration.retry : nil,
            budget: self.budget,
            breaker: self.breaker,
            observer: metrics
        )
        do {
            return try await self.traced(path, metadata) { metadata in
                let call = ClientCall(client: self, path: path, message: message, metadata: metadata, metrics: metrics)
                return try await Resilience.call(
                    policy,
                    isSafeToRetry: isSafeToRetry,
                    classify: { RPCError(translating: $0).outcome }
                ) { attempt in
                    try await call.perform(attempt)
                }
            }
        } catch {
            throw RPCError(translating: error)
        }
    }

    private func serialize(_ request: some Message) throws(RPCError) -> [UInt8] {
        let bytes: [UInt8]
        do {
            bytes = try request.serializedBytes()
        } catch {
            throw RPCError(.internal, "the request cannot be written")
        }
        guard bytes.count <= self.configuration.maximumMessageLength else {
            throw RPCError(.resourceExhausted, "a request of \(bytes.count) bytes is too long")
        }
        return bytes
    }

    private func metrics(for path: String) -> PolicyMetrics {
        self.methods.withLock { methods in
            if let metrics = methods[path] { return metrics }
            let metrics = PolicyMetrics(target: self.target, method: path, timer: "rpc_client_duration_seconds")
            methods[path] = metrics
            return metrics
        }
    }
}
