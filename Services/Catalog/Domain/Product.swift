public import Commerce

/// A product as the shop shows it.
public struct Product: Hashable, Sendable {
    /// Its code.
    public let sku: SKU
    /// What the staff writes about it.
    public let details: ProductDetails
    /// How many pieces can be ordered now.
    public let available: Int64
    /// Rises when the details change: what a change of the staff is based on.
    public let version: Int64
    /// Rises when anything changes that a shopper sees, the number of pieces included: what caches and events go by.
    public let revision: Int64

    /// Joins a product's parts.
    public init(sku: SKU, details: ProductDetails, available: Int64, version: Int64, revision: Int64) {
        self.sku = sku
        self.details = details
        self.available = available
        self.version = version
        self.revision = revision
    }
}
