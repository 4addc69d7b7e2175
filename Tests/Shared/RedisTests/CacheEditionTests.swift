import Logging
import Redis
import Synchronization
import TestSupport
import Testing

@testable import Caching

@Suite(.enabled(if: TestServers.redis != nil), .timeLimit(.minutes(5)))
struct CacheEditionTests {
    /// A clock that each look moves on by a millisecond.
    private final class Milliseconds: Sendable {
        private let count = Mutex<Int64>(1_000_000)

        func next() -> Int64 {
            self.count.withLock {
                $0 += 1
                return $0
            }
        }
    }

    private func withEdition(_ body: (CacheEdition, RedisClient, String) async throws -> Void) async throws {
        let configuration = try RedisConfiguration(url: #require(TestServers.redis)).patient
        let name = uniqueKey("edition")
        try await withRedis(configuration) { redis in
            let clock = Milliseconds()
            let edition = CacheEdition(
                name: name, redis: redis, timeout: .seconds(60), logger: Logger(label: "cache"),
                environment: CacheEnvironment(now: { clock.next() }, random: { 0 })
            )
            try await body(edition, redis, "edition:\(name)")
        }
    }

    @Test func itStaysUntilANewOneBegins() async throws {
        try await self.withEdition { edition, _, _ in
            let first = try #require(try await edition.current())
            #expect(try await edition.current() == first)
            await edition.begin()
            await edition.begin()
            #expect(try await edition.current() == first + 2)
        }
    }

    @Test func oneThatRedisForgotNeverComesAgain() async throws {
        try await self.withEdition { edition, redis, key in
            let first = try #require(try await edition.current())
            try await redis.delete(key)
            let second = try #require(try await edition.current())
            #expect(second > first)
            try await redis.delete(key)
            await edition.begin()
            #expect(try #require(try await edition.current()) > second)
        }
    }

    @Test func aChangeThatIsDoneIsToldAlsoByACancelledTask() async throws {
        try await self.withEdition { edition, _, _ in
            let first = try #require(try await edition.current())
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                await edition.begin()
            }
            await task.value
            #expect(try await edition.current() == first + 1)
        }
    }

    @Test(.enabled(if: OwnRedis.executable != nil)) func withoutRedisThereIsNone() async throws {
        let server = try OwnRedis()
        try server.start()
        try await withRedis(server.configuration) { redis in
            let edition = CacheEdition(name: "e", redis: redis)
            let isThere = try await eventually { try await edition.current() != nil }
            #expect(isThere)
            server.kill()
            let isGone = try await eventually { try await edition.current() == nil }
            #expect(isGone)
            // It says nothing and is not in the way.
            await edition.begin()
        }
    }
}
