import Logging
import RPC
import ServiceLifecycle

/// One running server of a service with several instances.
final class TestInstance: Sendable {
    let endpoint: Endpoint
    let server: RPCServer
    private let task: Task<Void, any Error>
    private let group: ServiceGroup

    /// Starts a server; `port` 0 takes a free one.
    static func start(
        port: Int = 0,
        configuration: RPCServerConfiguration = RPCServerConfiguration(),
        handlers: [RPCHandler]
    ) async throws -> TestInstance {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let server = RPCServer(
            host: "127.0.0.1", port: port, handlers: handlers, configuration: configuration, logger: logger)
        let group = ServiceGroup(
            configuration: .init(
                services: [.init(service: server, successTerminationBehavior: .gracefullyShutdownGroup)],
                logger: logger))
        let task = Task { try await group.run() }
        do {
            let port = try await server.listeningPort()
            return TestInstance(Endpoint(host: "127.0.0.1", port: port), server, task, group)
        } catch {
            _ = await task.result
            throw error
        }
    }

    private init(_ endpoint: Endpoint, _ server: RPCServer, _ task: Task<Void, any Error>, _ group: ServiceGroup) {
        self.endpoint = endpoint
        self.server = server
        self.task = task
        self.group = group
    }

    /// Ends it as a deployment would: calls under way finish.
    func shutDown() async {
        await self.group.triggerGracefulShutdown()
        _ = await self.task.result
    }

    /// Ends it as a crash would: connections close with calls under way.
    func crash() async {
        self.task.cancel()
        _ = await self.task.result
    }
}

/// Runs a client of the given source while `body` runs.
func withClient<Result: Sendable>(
    of endpoints: EndpointSource,
    configuration: RPCClientConfiguration = .patient,
    _ body: (RPCClient) async throws -> Result
) async throws -> Result {
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let client = RPCClient(target: "test", endpoints: endpoints, configuration: configuration, logger: logger)
    return try await withRunning({ try await client.run() }) { try await body(client) }
}
