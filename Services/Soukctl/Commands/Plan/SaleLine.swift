/// So many pieces of one product at one price.
package struct SaleLine: Sendable, Hashable {
    package var sku: String
    package var quantity: Int64
    /// Pence for one piece.
    package var unitPrice: Int64

    package init(sku: String, quantity: Int64, unitPrice: Int64) {
        self.sku = sku
        self.quantity = quantity
        self.unitPrice = unitPrice
    }

    package var total: Int64 { self.unitPrice * self.quantity }
}
