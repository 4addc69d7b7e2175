import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// The public HTTP server. It opens its port when all that must happen before has happened.
struct HTTPService: Service {
    let responder: EdgeResponder
    let host: String
    let port: Int
    let before: [@Sendable () async throws -> Void]
    let readiness: ReadinessState
    let logger: Logger

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown {
                for step in self.before { try await step() }
            }
        } catch is CancellationError {
            return  // Told to stop before it began.
        }
        let application = Application(
            responder: self.responder,
            // Longer than a balancer keeps an idle connection, so that it is the balancer who closes.
            server: .http1(configuration: .init(idleTimeout: .seconds(75))),
            configuration: ApplicationConfiguration(address: .hostname(self.host, port: self.port), backlog: 1_024),
            onServerRunning: { channel in
                self.readiness.serve()
                self.logger.info("Serving", metadata: ["address": "\(channel.localAddress?.description ?? "unknown")"])
            },
            logger: self.logger
        )
        try await application.run()
    }
}
