import CartDomain
import Commerce

/// What can be said of some products at the moment.
struct KnownProducts: Sendable {
    /// The products that are sold, by SKU.
    var products: [SKU: ProductInfo] = [:]
    /// Of these, the ones whose name and price are the last known, because the catalog does not answer.
    var outdated: Set<SKU> = []
    /// Products of which nothing is known, because the catalog does not answer.
    var unknown: Set<SKU> = []
    /// Why the catalog does not answer.
    var failure: (any Error)?
}
