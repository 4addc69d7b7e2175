import Commerce

/// What order-tracking needs of the cart service.
protocol CartGateway: Sendable {
    /// The account's cart as it would be ordered now, priced by catalog at this moment.
    ///
    /// - Returns: `nil` when the cart is empty.
    /// - Throws: `RPCError` when cart or catalog cannot be reached in time.
    func checkout(of account: AccountID) async throws -> Checkout?

    /// Takes what was ordered out of the cart, once. The `OrderPlaced` event does the same later for certain.
    func complete(_ checkout: CheckoutID, of account: AccountID, by order: OrderID, lines: [OrderLine]) async throws
}
