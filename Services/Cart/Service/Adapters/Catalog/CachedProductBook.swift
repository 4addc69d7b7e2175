import Caching
import CartDomain
import Commerce
import Contracts
import RPC
import Resilience
import SwiftProtobuf
import Wire

/// The catalog over gRPC, behind a cache of a few seconds for showing carts.
///
/// `ProductChanged` events write new prices into the cache at once (``ProductChangedHandler``); the time to live is the
/// backstop. Orders never read it.
struct CachedProductBook: ProductBook {
    let catalog: RPCClient
    let cache: TTLCache<ProductInfo>

    func products(_ skus: [SKU]) async throws -> [SKU: ProductInfo] {
        // The first miss asks the catalog for all products of this cart in one call; the other misses share its answer.
        let flight = SingleFlight<Bool, [SKU: ProductInfo]>()
        return try await withThrowingTaskGroup(of: ProductInfo?.self) { group in
            for sku in skus {
                group.addTask {
                    try await self.cache.value(for: sku.rawValue) {
                        let products = try await flight.run(true) { try await self.currentProducts(skus) }
                        return products[sku].map { Versioned($0, version: $0.version) }
                    }
                }
            }
            var products: [SKU: ProductInfo] = [:]
            for try await product in group {
                if let product { products[product.sku] = product }
            }
            return products
        }
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
