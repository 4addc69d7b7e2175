internal import Caching
internal import CatalogDomain
internal import Foundation
internal import Logging
internal import Redis
internal import ServiceKit

/// First pages of the list and of searches as they are sent, kept for a few seconds.
///
/// They show the stock of many products, which orders move all the time: what is kept may tell of the last few seconds. It only
/// informs, as the pages of single products do. What the staff changes is shown at once, by a new edition.
///
/// Further pages and long ones are not kept: few ask for them, and whoever asks for all of them would fill the cache.
struct CachedProductList: Sendable {
    private static let longestPage = 24

    private let list: ProductList
    private let edition: CacheEdition
    private let cache: TTLCache<[UInt8]>

    init(list: ProductList, edition: CacheEdition, redis: RedisClient, timeToLive: Duration, logger: Logger) {
        self.list = list
        self.edition = edition
        self.cache = TTLCache(
            name: "product-list", redis: redis, codec: .bytes,
            policy: CachePolicy(timeToLive: timeToLive, staleFor: .seconds(30)), logger: logger
        )
    }

    /// A page as JSON text: of all products, or of those that match.
    ///
    /// - Parameter text: What is looked for; empty for all.
    /// - Throws: A `Problem` 422 when the cursor is one of another list.
    func page(matching text: String, _ page: PageRequest) async throws -> [UInt8] {
        guard let place = Self.place(text, page), let edition = try await self.edition.current() else {
            return try await self.freshPage(matching: text, page)
        }
        let kept = try await self.cache.value(for: "\(edition):\(place)") {
            // By the time when it was begun: a page that took long does not replace a newer one.
            let begun = Int64(Date().timeIntervalSince1970 * 1_000)
            return Versioned(try await self.freshPage(matching: text, page), version: begun)
        }
        if let kept { return kept }
        return try await self.freshPage(matching: text, page)
    }

    /// The page as the primary knows it now.
    func freshPage(matching text: String, _ page: PageRequest) async throws -> [UInt8] {
        try JSONCoding.bytes(text.isEmpty ? await self.list.all(page) : await self.list.search(text, page))
    }

    /// The key of a page within an edition, the same for all ways to write a query; nil for a page that is not kept.
    private static func place(_ text: String, _ page: PageRequest) -> String? {
        guard page.cursor == nil, page.limit <= self.longestPage else { return nil }
        if text.isEmpty { return "\(page.limit):" }
        return SearchQuery(text).map { "\(page.limit):\($0.words.joined(separator: " "))" }
    }
}
