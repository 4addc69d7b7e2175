import Logging
import ServiceLifecycle

/// The first to hear that the process shall stop: it turns readiness off and gives balancers time to notice, while all
/// servers still answer. Then the others stop, in the reverse order of their start.
struct DrainService: Service {
    let readiness: ReadinessState
    let pause: Duration
    let logger: Logger

    func run() async throws {
        try? await gracefulShutdown()
        self.readiness.drain()
        self.logger.info("Draining: no longer ready, still answering")
        try? await Task.sleep(for: self.pause)
    }
}
