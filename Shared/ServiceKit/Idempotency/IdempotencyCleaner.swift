import Logging
import ServiceLifecycle

/// Deletes old answers now and then, in small steps.
struct IdempotencyCleaner: Service {
    let store: IdempotencyStore
    let interval: Duration
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    while try await self.store.purge() > 0 {}
                } catch {
                    self.logger.warning("Old idempotency keys could not be deleted", metadata: ["reason": "\(error)"])
                }
                try? await Task.sleep(for: self.interval)
            }
        }
    }
}
