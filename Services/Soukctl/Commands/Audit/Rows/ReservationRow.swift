/// Pieces of one SKU that are set aside for, or sold to, one order.
package struct ReservationRow: Sendable, Hashable {
    package var order: String
    package var sku: String
    package var quantity: Int64
    /// `held`, `committed` or `released`.
    package var state: String

    package init(order: String, sku: String, quantity: Int64, state: String) {
        self.order = order
        self.sku = sku
        self.quantity = quantity
        self.state = state
    }
}
