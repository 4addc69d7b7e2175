/// A product the shop must have before the morning begins.
package struct PlannedProduct: Sendable, Hashable {
    package var sku: String
    package var name: String
    /// The price of its first sale, in pence.
    package var price: Int64
    /// The pieces the whole file sells.
    package var stock: Int64

    package init(sku: String, name: String, price: Int64, stock: Int64) {
        self.sku = sku
        self.name = name
        self.price = price
        self.stock = stock
    }
}
