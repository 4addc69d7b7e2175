import Commerce

/// A cart as it would be ordered.
struct Checkout: Hashable, Sendable {
    /// At most one order may come of it.
    var id: CheckoutID
    var lines: [OrderLine]
    var total: Money
    /// What lies in the cart but is no longer sold.
    var unavailable: [String]
}
