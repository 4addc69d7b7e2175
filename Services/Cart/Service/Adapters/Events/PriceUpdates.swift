import Caching
import CartDomain
import Commerce
import Contracts
import Synchronization

/// Writes changed products into the cache, so that carts show a new price at once.
///
/// A product also changes with every piece that is sold, which no cart shows. So what was written last is remembered here, and
/// the cache is only told of a new name or price. Should another instance have written since, the cache's time to live of a few
/// seconds sets it right.
final class PriceUpdates: Sendable {
    /// What a cart shows of a product.
    private struct Shown: Equatable {
        var name: String
        var price: Money
    }

    /// The most products remembered; beyond it the memory starts anew.
    private static let capacity = 20_000

    private let cache: TTLCache<ProductInfo>
    private let written = Mutex<[SKU: Shown]>([:])

    init(cache: TTLCache<ProductInfo>) {
        self.cache = cache
    }

    /// Takes a change in.
    ///
    /// - Throws: `CommerceError` for a message that cannot be.
    func apply(_ message: Souk_Events_V1_ProductChanged) async throws {
        let product = ProductInfo(
            sku: try SKU(message.sku), name: message.name, price: try Money(message.price), version: message.version
        )
        let shown = Shown(name: product.name, price: product.price)
        let isNews = self.written.withLock { written in
            guard written[product.sku] != shown else { return false }
            if written.count >= Self.capacity { written.removeAll(keepingCapacity: true) }
            written[product.sku] = shown
            return true
        }
        guard isNews else { return }
        await self.cache.store(product, version: product.version, for: product.sku.rawValue)
    }
}
