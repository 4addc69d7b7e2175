public import Commerce

/// So many pieces of one product, as they lie in a cart: no price, for prices are the catalog's.
public struct CartLine: Hashable, Sendable {
    public var sku: SKU
    public var quantity: Quantity

    /// Makes a line.
    public init(sku: SKU, quantity: Quantity) {
        self.sku = sku
        self.quantity = quantity
    }
}
