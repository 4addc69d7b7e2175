import CartDomain
import Commerce

/// What the cart needs of the catalog.
protocol ProductBook: Sendable {
    /// Products for showing a cart: as fresh as the cache's few seconds, older when the catalog does not answer.
    ///
    /// - Throws: `CancellationError` only.
    func products(_ skus: [SKU]) async throws -> KnownProducts

    /// Products for an order: as the catalog knows them at this moment, never from the cache. Unknown SKUs are missing in the answer.
    ///
    /// - Throws: `RPCError` when the catalog does not answer.
    func currentProducts(_ skus: [SKU]) async throws -> [SKU: ProductInfo]
}
