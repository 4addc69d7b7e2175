import CartDomain
import Commerce

/// What the cart needs of the catalog.
protocol ProductBook: Sendable {
    /// Products for showing a cart: as fresh as the cache's few seconds. Unknown SKUs are missing in the answer.
    ///
    /// - Throws: `RPCError` when the catalog cannot be reached and the cache does not know.
    func products(_ skus: [SKU]) async throws -> [SKU: ProductInfo]

    /// Products for an order: as the catalog knows them at this moment, never from the cache.
    func currentProducts(_ skus: [SKU]) async throws -> [SKU: ProductInfo]
}
