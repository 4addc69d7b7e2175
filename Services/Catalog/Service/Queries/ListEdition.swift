internal import Caching
internal import Foundation
internal import Logging
internal import Redis

/// The number under which pages of the list are kept. Each change by the staff begins a new one, and nobody finds the pages
/// of the old one any more: one key instead of all those that show the product.
final class ListEdition: Sendable {
    private static let key = "edition"

    private let cache: TTLCache<Int64>

    init(redis: RedisClient, logger: Logger) {
        // An edition has no end of its own; one that Redis forgets begins anew.
        let policy = CachePolicy(timeToLive: .seconds(24 * 3_600), earlyRefresh: 0)
        self.cache = TTLCache(name: "product-list-edition", redis: redis, codec: .json, policy: policy, logger: logger)
    }

    /// The current edition. Without Redis each call has one of its own, so that nothing kept is found.
    func current() async throws -> Int64 {
        try await self.cache.value(for: Self.key) { Versioned(Self.now, version: Self.now) } ?? Self.now
    }

    /// Makes all kept pages void, after the commit of a change.
    func begin() async {
        let now = Self.now
        await self.cache.store(now, version: now, for: Self.key)
    }

    private static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1_000_000) }
}
