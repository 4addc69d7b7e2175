internal import CatalogDomain
internal import Commerce
internal import Contracts
internal import RPC

/// What catalog answers to other services.
struct CatalogRPC: Sendable {
    let store: ProductStore

    /// The most codes of one request.
    static let maximumBatch = 1_000

    var handlers: [RPCHandler] {
        [
            RPCHandler(RPCMethods.Catalog.getProducts) { request, _ in
                try await self.products(request)
            }
        ]
    }

    /// Reads from the primary, past every cache: what is answered here decides what a shopper pays.
    private func products(_ request: Souk_Catalog_V1_GetProductsRequest) async throws -> Souk_Catalog_V1_GetProductsReply {
        guard request.skus.count <= Self.maximumBatch else {
            throw RPCError(.invalidArgument, "at most \(Self.maximumBatch) codes can be asked for at once")
        }
        // A text that cannot be a code is the code of no product.
        let skus = Set(request.skus).compactMap { try? SKU($0) }
        var reply = Souk_Catalog_V1_GetProductsReply()
        guard !skus.isEmpty else { return reply }
        reply.products = try await self.store.products(skus).map(Souk_Catalog_V1_Product.init)
        return reply
    }
}

extension Souk_Catalog_V1_Product {
    fileprivate init(_ product: Product) {
        self.init()
        self.sku = product.sku.rawValue
        self.name = product.details.name
        self.price = Souk_Events_V1_Money(product.details.price)
        self.available = product.available
        self.version = product.revision
    }
}
