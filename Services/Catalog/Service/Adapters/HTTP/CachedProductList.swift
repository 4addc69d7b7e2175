internal import Caching
internal import Logging
internal import Redis
internal import ServiceKit

/// Pages of the list and of searches as they are sent, kept for a few seconds.
///
/// They show the stock of many products, which orders move all the time: what is kept may tell of the last few seconds. It only
/// informs, as the pages of single products do. What the staff changes is shown at once, by a new ``ListEdition``.
struct CachedProductList: Sendable {
    private static let longestText = 200

    private let list: ProductList
    private let edition: ListEdition
    private let cache: TTLCache<[UInt8]>

    init(list: ProductList, edition: ListEdition, redis: RedisClient, timeToLive: Duration, logger: Logger) {
        self.list = list
        self.edition = edition
        self.cache = TTLCache(
            name: "product-list", redis: redis, codec: .bytes,
            policy: CachePolicy(timeToLive: timeToLive, staleFor: .seconds(300)), logger: logger
        )
    }

    /// A page as JSON text: of all products, or of those that match.
    ///
    /// - Parameter text: What is looked for; empty for all.
    /// - Throws: A `Problem` 422 when the cursor is one of another list.
    func page(matching text: String, _ page: PageRequest) async throws -> [UInt8] {
        // Nobody asks for a text that long twice.
        guard text.utf8.count <= Self.longestText else { return try await self.freshPage(matching: text, page) }
        let edition = try await self.edition.current()
        let key = "\(edition):\(page.limit):\(page.cursor?.text ?? ""):\(text.lowercased())"
        let kept = try await self.cache.value(for: key) {
            Versioned(try await self.freshPage(matching: text, page), version: edition)
        }
        if let kept { return kept }
        return try await self.freshPage(matching: text, page)
    }

    /// The page as the primary knows it now.
    func freshPage(matching text: String, _ page: PageRequest) async throws -> [UInt8] {
        try JSONCoding.bytes(text.isEmpty ? await self.list.all(page) : await self.list.search(text, page))
    }
}
