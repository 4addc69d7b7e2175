/// Deletes guests' carts that nobody has touched for long, and forgets old checkouts, a few at a time.
struct CartSweeper: Sendable {
    /// Far longer than an order's event is on its way. One that comes later still does nothing: the cart has another checkout
    /// since the order took its lines.
    private static let checkoutAge = Duration.seconds(90 * 86_400)

    let store: any CartStore
    let guestAge: Duration

    /// One sweep.
    func sweep() async throws {
        while try await self.store.deleteGuests(untouchedFor: self.guestAge) > 0 {}
        while try await self.store.forgetCheckouts(completedBefore: Self.checkoutAge) > 0 {}
    }
}
