public import Commerce

/// What the catalog says of a product.
public struct ProductInfo: Hashable, Sendable, Codable {
    public var sku: SKU
    public var name: String
    public var price: Money
    /// Rises with every change of the product.
    public var version: Int64

    /// Makes the information.
    public init(sku: SKU, name: String, price: Money, version: Int64) {
        self.sku = sku
        self.name = name
        self.price = price
        self.version = version
    }
}
