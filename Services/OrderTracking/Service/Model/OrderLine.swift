import Commerce

/// One line of an order: a product at the price that the catalog asked when the order was placed.
struct OrderLine: Hashable, Sendable {
    var sku: SKU
    var name: String
    var quantity: Quantity
    var unitPrice: Money

    /// Quantity times unit price.
    func total() throws(CommerceError) -> Money {
        try self.unitPrice.multiplied(by: self.quantity)
    }
}
