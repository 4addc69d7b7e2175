import CartDomain
import Commerce

/// A cart as it is stored.
struct Cart: Sendable {
    /// `nil` while nothing was ever put into it.
    var id: CartID?
    var checkoutID: CheckoutID
    /// Rises with every change; 0 for a cart that does not exist yet.
    var version: Int64
    var lines: [CartLine]
}
