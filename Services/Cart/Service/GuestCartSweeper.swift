import Logging
import ServiceLifecycle

/// Deletes guests' carts that nobody has touched for a month, a few at a time.
struct GuestCartSweeper: Service {
    let store: any CartStore
    let age: Duration
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    while try await self.store.deleteGuests(untouchedFor: self.age) > 0 {}
                } catch {
                    self.logger.warning("Old guest carts could not be deleted", metadata: ["reason": "\(error)"])
                }
                try? await Task.sleep(for: .seconds(600))
            }
        }
    }
}
