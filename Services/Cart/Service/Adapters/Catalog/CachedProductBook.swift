import Caching
import CartDomain
import Commerce
import Contracts
import RPC
import SwiftProtobuf
import Wire

/// The catalog over gRPC, behind a cache of a few seconds for showing carts.
///
/// `ProductChanged` events write new prices into the cache at once (``PriceUpdates``); the time to live is the
/// backstop. Orders never read it.
struct CachedProductBook: ProductBook {
    let catalog: RPCClient
    let cache: TTLCache<ProductInfo>

    func products(_ skus: [SKU]) async throws -> KnownProducts {
        let cached = try await self.cache.values(for: skus.map(\.rawValue)) { keys in
            let products = try await self.currentProducts(keys.map { try SKU($0) })
            return Dictionary(
                uniqueKeysWithValues: products.values.map { ($0.sku.rawValue, Versioned($0, version: $0.version)) }
            )
        }
        var known = KnownProducts(failure: cached.failure)
        for sku in skus {
            known.products[sku] = cached.values[sku.rawValue]
            if cached.stale.contains(sku.rawValue) { known.outdated.insert(sku) }
            if cached.unknown.contains(sku.rawValue) { known.unknown.insert(sku) }
        }
        return known
    }

    func currentProducts(_ skus: [SKU]) async throws -> [SKU: ProductInfo] {
        guard !skus.isEmpty else { return [:] }
        let request = Souk_Catalog_V1_GetProductsRequest.with { $0.skus = skus.map(\.rawValue) }
        let reply = try await self.catalog.call(RPCMethods.Catalog.getProducts, request)
        var products: [SKU: ProductInfo] = [:]
        for product in reply.products {
            let info = ProductInfo(
                sku: try SKU(product.sku), name: product.name, price: try Money(product.price), version: product.version
            )
            products[info.sku] = info
        }
        return products
    }
}
