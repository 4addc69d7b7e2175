import Logging
import ServiceLifecycle

/// Deletes refresh tokens that ended long ago, in small steps.
struct ExpiredTokenCleaner: Service {
    let sessions: SessionStore
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    while try await self.sessions.deleteExpired() > 0 {}
                } catch {
                    self.logger.warning("Old refresh tokens could not be deleted", metadata: ["reason": "\(error)"])
                }
                try? await Task.sleep(for: .seconds(3_600))
            }
        }
    }
}
