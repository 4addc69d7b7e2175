internal import CatalogDomain
internal import Commerce

/// A product as it is kept in the cache.
struct ProductView: Codable, Hashable, Sendable {
    let sku: SKU
    let name: String
    let description: String
    let price: Money
    let available: Int64
    let imageURL: String?
    let version: Int64
    let revision: Int64

    init(_ product: Product) {
        self.sku = product.sku
        self.name = product.details.name
        self.description = product.details.description
        self.price = product.details.price
        self.available = product.available
        self.imageURL = product.details.imageURL
        self.version = product.version
        self.revision = product.revision
    }
}
