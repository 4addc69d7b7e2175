import Caching
import Redis
import TestSupport
import Testing

@Suite(.enabled(if: TestServers.redis != nil), .timeLimit(.minutes(5)))
struct CacheEditionTests {
    private func withEdition(_ body: (CacheEdition, RedisClient, String) async throws -> Void) async throws {
        let configuration = try RedisConfiguration(url: #require(TestServers.redis)).patient
        let name = uniqueKey("edition")
        try await withRedis(configuration) { redis in
            try await body(CacheEdition(name: name, redis: redis, timeout: .seconds(60)), redis, "edition:\(name)")
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
            // The clock that it begins anew with has moved on.
            try await Task.sleep(for: .milliseconds(2))
            let second = try #require(try await edition.current())
            #expect(second > first)
            try await redis.delete(key)
            try await Task.sleep(for: .milliseconds(2))
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
