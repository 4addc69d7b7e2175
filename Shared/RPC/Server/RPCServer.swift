public import Logging
internal import NIOCore
internal import NIOPosix
internal import NIOSSL
public import ServiceLifecycle

/// Serves gRPC methods over HTTP/2.
///
/// Every request runs in a task of its own, under the caller's deadline (`CallScope.current`) and in the caller's trace. The
/// server answers `DEADLINE_EXCEEDED` itself when the time is over and cancels the task. `grpc.health.v1.Health/Check` is
/// always there.
public final class RPCServer: Service, Sendable {
    /// Answers the health check; set it to not serving before a shutdown.
    public let health = RPCHealth()

    private let host: String
    private let port: Int
    private let configuration: RPCServerConfiguration
    private let router: RPCRouter
    private let registry = ServerConnectionRegistry()
    private let listening = Gate<Int>()
    private let logger: Logger

    /// A server of `handlers` at `host` and `port` (0 for any free one). Nothing is opened before ``run()``.
    public init(
        host: String,
        port: Int,
        handlers: [RPCHandler],
        authenticator: RPCAuthenticator? = nil,
        configuration: RPCServerConfiguration = RPCServerConfiguration(),
        logger: Logger
    ) {
        self.host = host
        self.port = port
        self.configuration = configuration
        self.logger = logger
        self.router = RPCRouter(
            handlers: handlers + [self.health.handler],
            authenticator: authenticator,
            maximumCalls: configuration.maximumConcurrentCalls,
            logger: logger
        )
    }

    /// The port the server listens on, once it does.
    /// - Throws: What kept it from listening.
    public func listeningPort() async throws -> Int {
        try await self.listening.value()
    }

    /// Serves until cancelled (then connections close at once) or shut down gracefully (then clients are told to go elsewhere,
    /// and calls under way have ``RPCServerConfiguration/drainTimeout`` to end).
    /// - Throws: If the address cannot be bound.
    public func run() async throws {
        let listener: any Channel
        do {
            listener = try await self.bind()
        } catch {
            self.listening.fulfil(.failure(error))
            throw error
        }
        let port = listener.localAddress?.port ?? self.port
        self.logger.info("RPC server listens", metadata: ["rpc.host": "\(self.host)", "rpc.port": "\(port)"])
        self.listening.fulfil(.success(port))
        try await withTaskCancellationOrGracefulShutdownHandler {
            try await listener.closeFuture.get()
        } onCancelOrGracefulShutdown: {
            listener.close(promise: nil)
        }
        await self.drain()
    }

    private func drain() async {
        self.health.isServing = false
        let registry = self.registry
        registry.closing(Task.isCancelled ? .close : .drain)
        let timer = MultiThreadedEventLoopGroup.singleton.any().scheduleTask(
            in: TimeAmount(self.configuration.drainTimeout)
        ) {
            registry.closing(.close)
        }
        await withTaskCancellationHandler {
            await registry.waitUntilEmpty()
        } onCancel: {
            registry.closing(.close)
        }
        timer.cancel()
    }

    private func bind() async throws -> any Channel {
        let (configuration, router, registry) = (self.configuration, self.router, self.registry)
        return try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 1024)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            // A client whose machine is gone says nothing: the kernel asks.
            .childChannelOption(.socketOption(.so_keepalive), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let tls = configuration.tls {
                        try pipeline.addHandler(NIOSSLServerHandler(context: tls))
                    }
                    let goAway = GoAwayWriter()
                    try pipeline.addHandler(goAway)
                    try pipeline.addHandler(HTTP2Setup.handler(for: configuration))
                    let handler = ServerConnectionHandler(
                        configuration: configuration,
                        router: router,
                        registry: registry,
                        goAway: goAway
                    )
                    try pipeline.addHandler(handler)
                }
            }
            .bind(host: self.host, port: self.port).get()
    }
}
