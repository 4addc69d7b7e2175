internal import Caching
internal import CatalogDomain
internal import Commerce
internal import Logging
internal import Redis
internal import ServiceLifecycle

/// The pages of single products, through the cache.
///
/// The staff's changes are written through. When orders move stock, the pages are made void by a tombstone, after the
/// commit and not in its way: ``run()`` does it. Should that fail, a page is out of date for its time to live at most;
/// it only informs, orders are decided by the stock itself.
final class ProductPages: Service {
    private let cache: TTLCache<ProductView>
    private let store: ProductStore
    private let moved: AsyncStream<[ProductPage]>
    private let feed: AsyncStream<[ProductPage]>.Continuation

    /// A page and the revision from which on it holds.
    struct ProductPage: Sendable {
        let sku: SKU
        let revision: Int64
    }

    init(store: ProductStore, redis: RedisClient, timeToLive: Duration, logger: Logger) {
        self.store = store
        self.cache = TTLCache(
            name: "product", redis: redis, codec: .json,
            policy: CachePolicy(timeToLive: timeToLive, staleFor: .seconds(300)), logger: logger
        )
        // Beyond the bound the oldest are forgotten: their pages live on to the end of their time.
        (self.moved, self.feed) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(4_096))
    }

    /// The page of a product, or nil when there is none.
    func page(_ sku: SKU) async throws -> ProductView? {
        let store = self.store
        return try await self.cache.value(for: sku.rawValue) {
            try await store.product(sku).map { Versioned(ProductView($0), version: $0.revision) }
        }
    }

    /// The page as the primary knows it now, for a client that wants to see what it wrote.
    func freshPage(_ sku: SKU) async throws -> ProductView? {
        try await self.store.product(sku).map(ProductView.init)
    }

    /// Keeps a page that the staff changed just now.
    func store(_ product: Product) async {
        await self.cache.store(ProductView(product), version: product.revision, for: product.sku.rawValue)
    }

    /// Makes pages void, soon.
    func stockMoved(_ pages: [ProductPage]) {
        self.feed.yield(pages)
    }

    func run() async {
        await cancelWhenGracefulShutdown {
            for await pages in self.moved {
                await withDiscardingTaskGroup { group in
                    for page in pages {
                        group.addTask { await self.cache.invalidate(page.sku.rawValue, version: page.revision) }
                    }
                }
            }
        }
    }
}
