import Caching
import CartDomain
import Commerce
import Contracts
import Events
import Postgres
import Wire

/// Writes changed products into the cache, so that carts show a new price at once.
struct ProductChangedHandler: EventHandler {
    let cache: TTLCache<ProductInfo>

    let handledTypes: Set<String> = [Souk_Events_V1_ProductChanged.eventType]

    func handle(_ event: EventEnvelope, in transaction: PostgresTransaction) async throws {
        let message = try event.decode(Souk_Events_V1_ProductChanged.self)
        let product = ProductInfo(
            sku: try SKU(message.sku), name: message.name, price: try Money(message.price), version: message.version
        )
        await self.cache.store(product, version: product.version, for: product.sku.rawValue)
    }
}
