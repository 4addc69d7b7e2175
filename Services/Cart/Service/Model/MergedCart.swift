import Commerce

/// What came of a merge.
struct MergedCart: Sendable {
    /// The account's cart.
    var cart: CartID
    /// Its version now.
    var version: Int64
    /// The guest's cart, which is no more.
    var guest: CartID
}
