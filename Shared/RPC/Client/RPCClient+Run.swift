internal import Logging
internal import NIOCore
internal import NIOHTTP2
internal import NIOPosix
internal import NIOSSL
internal import Resilience
internal import ServiceLifecycle

extension RPCClient {
    /// Opens connections, replaces lost ones and follows the endpoints, until cancelled or shut down gracefully. Then the
    /// calls under way end and the connections close.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask { await self.followEndpoints() }
                group.addTask { await self.publishGauges() }
                for await dial in self.dials {
                    group.addTask { await self.open(dial) }
                }
            }
        }
        self.balancer.shutDown()
    }

    private func followEndpoints() async {
        var current: [Endpoint]?
        while !Task.isCancelled {
            do {
                let endpoints = try await self.endpoints.current()
                if endpoints != current, !(endpoints.isEmpty && current != nil) {
                    self.logger.info(
                        "Endpoints changed",
                        metadata: ["rpc.target": "\(self.target)", "rpc.endpoints": "\(endpoints)"]
                    )
                    current = endpoints
                    self.balancer.update(endpoints)
                }
            } catch {
                self.logger.debug(
                    "Endpoints cannot be read, the last ones hold",
                    metadata: ["rpc.target": "\(self.target)", "error": "\(error)"]
                )
            }
            guard let interval = self.endpoints.pollInterval(self.configuration) else { return }
            // Until the first good list calls have nowhere to go: look again soon.
            try? await Task.sleep(for: current == nil ? min(interval, .milliseconds(500)) : interval)
        }
    }

    private func publishGauges() async {
        let gauges = BalancerGauges(target: self.target)
        while !Task.isCancelled {
            gauges.record(self.balancer.loads, budget: self.budget, breaker: self.breaker)
            try? await Task.sleep(for: .seconds(5))
        }
    }

    private func open(_ dial: Balancer.Core.Dial) async {
        if dial.failures > 0 {
            var backoff = BackoffCore(self.configuration.reconnectBackoff)
            var delay = Duration.zero
            for _ in 0..<min(dial.failures, 16) {
                delay = backoff.next(random: Double.random(in: 0.5..<1))
            }
            try? await Task.sleep(for: delay)
        }
        guard !Task.isCancelled, self.balancer.isWanted(dial.id) else {
            return self.balancer.closed(dial.id)
        }
        do {
            let connection = try await self.connect(dial)
            self.balancer.opened(dial.id, connection)
        } catch {
            self.logger.debug(
                "Endpoint cannot be reached",
                metadata: ["rpc.target": "\(self.target)", "rpc.endpoint": "\(dial.endpoint)", "error": "\(error)"]
            )
            self.balancer.closed(dial.id)
        }
    }

    private func connect(_ dial: Balancer.Core.Dial) async throws -> ClientConnection {
        let configuration = self.configuration
        let balancer = self.balancer
        let id = dial.id
        return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(TimeAmount(configuration.connectTimeout))
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connect(host: dial.endpoint.host, port: dial.endpoint.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    let events = ClientConnectionEvents(
                        ready: { balancer.ready(id, limit: $0) },
                        draining: { balancer.draining(id) },
                        closed: { balancer.closed(id) }
                    )
                    let handler = ClientConnectionHandler(configuration: configuration, events: events)
                    let pipeline = channel.pipeline.syncOperations
                    if let tls = configuration.tls {
                        let name = tls.serverName ?? dial.endpoint.host
                        try pipeline.addHandler(NIOSSLClientHandler(context: tls.context, serverHostname: name))
                    }
                    try pipeline.addHandler(HTTP2Setup.handler(for: configuration))
                    try pipeline.addHandler(handler)
                    return handler.makeConnection(on: try pipeline.context(handler: handler))
                }
            }
    }
}
