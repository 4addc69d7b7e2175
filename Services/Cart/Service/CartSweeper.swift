import Logging
import ServiceLifecycle

/// Deletes guests' carts that nobody has touched for a month, and forgets old checkouts, a few at a time.
struct CartSweeper: Service {
    /// An order's event reaches the cart within days at the very worst: the outbox keeps it no longer.
    private static let checkoutAge = Duration.seconds(90 * 86_400)

    let store: any CartStore
    let guestAge: Duration
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    while try await self.store.deleteGuests(untouchedFor: self.guestAge) > 0 {}
                    while try await self.store.forgetCheckouts(completedBefore: Self.checkoutAge) > 0 {}
                } catch {
                    self.logger.warning("Old carts could not be deleted", metadata: ["reason": "\(error)"])
                }
                try? await Task.sleep(for: .seconds(600))
            }
        }
    }
}
