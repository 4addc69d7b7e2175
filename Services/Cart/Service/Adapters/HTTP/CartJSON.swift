import CartDomain
import Commerce

/// A cart as the API shows it.
struct CartJSON: Encodable, Sendable {
    struct Item: Encodable, Sendable {
        var sku: SKU
        var name: String
        var quantity: Quantity
        var unit_price: Money
        var line_total: Money
    }

    var items: [Item]
    var total: Money
    /// All that lies in the cart, whether its price is known or not.
    var pieces: Int
    /// In the cart, but no longer sold.
    var unavailable: [SKU]
    /// In the cart, but without a price at the moment, and not in the total.
    var unpriced: [SKU]
    /// `current`, `last_known` or `incomplete`.
    var prices: String
    var version: Int64

    init(_ priced: PricedCart, version: Int64) {
        self.items = priced.lines.map { line in
            Item(
                sku: line.product.sku, name: line.product.name, quantity: line.quantity, unit_price: line.product.price,
                line_total: line.total
            )
        }
        self.total = priced.total
        self.pieces = priced.pieces
        self.unavailable = priced.unavailable
        self.unpriced = priced.unpriced
        self.prices = priced.freshness.rawValue
        self.version = version
    }
}
