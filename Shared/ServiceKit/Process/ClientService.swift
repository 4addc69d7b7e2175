import ServiceLifecycle

/// Runs a client whose `run()` ends when its task is cancelled.
struct ClientService: Service {
    let body: @Sendable () async throws -> Void

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            do {
                try await self.body()
            } catch is CancellationError {
                // That is how it is told to stop.
            }
        }
    }
}
