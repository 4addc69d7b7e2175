import Caching
import Redis
import Synchronization
import TestSupport
import Testing

@Suite(.enabled(if: TestServers.redis != nil), .timeLimit(.minutes(5)))
struct TTLCacheTests {
    private struct LoadFailure: Error {}

    /// A source of values that counts how often it is asked.
    private final class Source: Sendable {
        private let state = Mutex((value: Versioned<String>?.none, loads: 0, fails: false, loading: 0, mostLoading: 0))

        init(_ value: Versioned<String>?) { self.set(value) }

        var loads: Int { self.state.withLock { $0.loads } }
        /// The most loads that there were at one time.
        var mostLoading: Int { self.state.withLock { $0.mostLoading } }
        func set(_ value: Versioned<String>?) { self.state.withLock { $0.value = value } }
        func fail(_ fails: Bool) { self.state.withLock { $0.fails = fails } }

        func load() throws -> Versioned<String>? {
            try self.state.withLock { state in
                state.loads += 1
                if state.fails { throw LoadFailure() }
                return state.value
            }
        }

        /// Loads when the stream has ended.
        func load(after gate: AsyncStream<Void>) async throws -> Versioned<String>? {
            self.state.withLock { state in
                state.loading += 1
                state.mostLoading = max(state.mostLoading, state.loading)
            }
            for await _ in gate {}
            self.state.withLock { $0.loading -= 1 }
            return try self.load()
        }
    }

    /// How many have come to read.
    private final class Readers: Sendable {
        let count = Mutex(0)
    }

    /// Nothing ends by itself and Redis is waited for, also on a busy machine.
    private static func policy(
        timeToLive: Duration = .seconds(600), staleFor: Duration = .zero, earlyRefresh: Double = 0
    ) -> CachePolicy {
        CachePolicy(
            timeToLive: timeToLive, staleFor: staleFor, negativeTimeToLive: .seconds(600), tombstoneTimeToLive: .seconds(600),
            redisTimeout: .seconds(60), earlyRefresh: earlyRefresh
        )
    }

    private func withCache(
        _ policy: CachePolicy = Self.policy(),
        _ body: (TTLCache<String>) async throws -> Void
    ) async throws {
        let configuration = try RedisConfiguration(url: #require(TestServers.redis)).patient
        try await withRedis(configuration) { redis in
            try await body(TTLCache(name: uniqueKey("cache"), redis: redis, codec: .json, policy: policy))
        }
    }

    @Test func aSecondReaderFindsWhatTheFirstLoaded() async throws {
        try await self.withCache { cache in
            let source = Source(Versioned("tea", version: 1))
            for _ in 0..<3 {
                let value = try await cache.value(for: "k") { try source.load() }
                #expect(value == "tea")
            }
            #expect(source.loads == 1)
        }
    }

    @Test func thatThereIsNothingIsRememberedToo() async throws {
        try await self.withCache { cache in
            let source = Source(nil)
            for _ in 0..<3 {
                let value = try await cache.value(for: "k") { try source.load() }
                #expect(value == nil)
            }
            #expect(source.loads == 1)
            // The first write replaces it.
            await cache.store("tea", version: 1, for: "k")
            let value = try await cache.value(for: "k") { try source.load() }
            #expect(value == "tea")
        }
    }

    @Test func anOlderValueNeverReplacesANewerOne() async throws {
        try await self.withCache { cache in
            await cache.store("new", version: 8, for: "k")
            await cache.store("old", version: 7, for: "k")
            let value = try await cache.value(for: "k") { nil }
            #expect(value == "new")
        }
    }

    @Test func aLoadThatWasOvertakenByAChangeIsNotKept() async throws {
        try await self.withCache { cache in
            let source = Source(Versioned("new", version: 8))
            let overtaken = try await cache.value(for: "k") {
                await cache.invalidate("k", version: 8)
                return Versioned("old", version: 7)
            }
            #expect(overtaken == "old")
            let value = try await cache.value(for: "k") { try source.load() }
            #expect(value == "new")
            #expect(source.loads == 1)
            // The tombstone gave way to the value of its version.
            _ = try await cache.value(for: "k") { try source.load() }
            #expect(source.loads == 1)
        }
    }

    @Test func aTombstoneDoesNotDropAValueThatIsAsNew() async throws {
        try await self.withCache { cache in
            await cache.store("new", version: 8, for: "k")
            await cache.invalidate("k", version: 8)
            let value = try await cache.value(for: "k") { nil }
            #expect(value == "new")
            await cache.invalidate("k", version: 9)
            let gone = try await cache.value(for: "k") { nil }
            #expect(gone == nil)
        }
    }

    @Test func anExpiredValueStandsInOnlyWhenLoadingFails() async throws {
        try await self.withCache(Self.policy(timeToLive: .milliseconds(1), staleFor: .seconds(600))) { cache in
            let source = Source(Versioned("two", version: 2))
            await cache.store("one", version: 1, for: "k")
            source.fail(true)
            let loadsBefore = source.loads
            let isStale = try await eventually {
                try await cache.value(for: "k") { try source.load() } == "one" && source.loads > loadsBefore
            }
            #expect(isStale)
            source.fail(false)
            let fresh = try await eventually { try await cache.value(for: "k") { try source.load() } == "two" }
            #expect(fresh)
        }
    }

    @Test func withoutAnythingCachedTheLoadersErrorIsThrown() async throws {
        try await self.withCache { cache in
            await #expect(throws: LoadFailure.self) { try await cache.value(for: "k") { throw LoadFailure() } }
        }
    }

    @Test func manyReadersShareOneLoad() async throws {
        try await self.withCache { cache in
            let source = Source(Versioned("tea", version: 1))
            let readers = Readers()
            let (gate, open) = AsyncStream.makeStream(of: Void.self)
            try await withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<200 {
                    group.addTask {
                        readers.count.withLock { $0 += 1 }
                        return try await cache.value(for: "k") { try await source.load(after: gate) }
                    }
                }
                #expect(await eventually { readers.count.withLock { $0 } == 200 })
                open.finish()
                for try await value in group { #expect(value == "tea") }
            }
            // Whoever asked Redis before the value was there, and came to the load after its end, has loaded it again. Never did two load
            // at a time.
            #expect(source.mostLoading == 1)
        }
    }

    @Test func bytesOfAnotherShapeAreAMiss() async throws {
        let configuration = try RedisConfiguration(url: #require(TestServers.redis)).patient
        try await withRedis(configuration) { redis in
            let name = uniqueKey("cache")
            let policy = Self.policy(earlyRefresh: 1)
            let old = TTLCache<Int>(name: name, redis: redis, codec: .json, policy: policy)
            await old.store(7, version: 1, for: "k")
            let new = TTLCache<String>(name: name, redis: redis, codec: .json, policy: policy)
            let value = try await new.value(for: "k") { Versioned("tea", version: 1) }
            #expect(value == "tea")
            try await redis.set("cache:\(name):k", "rubbish")
            let again = try await new.value(for: "k") { Versioned("tea", version: 1) }
            #expect(again == "tea")
        }
    }

    @Test(.enabled(if: OwnRedis.executable != nil)) func withoutRedisValuesAreLoadedDirectly() async throws {
        let server = try OwnRedis()
        try server.start()
        try await withRedis(server.configuration) { redis in
            let policy = Self.policy()
            let cache = TTLCache<String>(name: "c", redis: redis, codec: .json, policy: policy)
            let source = Source(Versioned("tea", version: 1))
            let read = { @Sendable in try await cache.value(for: "k") { try source.load() } }
            #expect(try await read() == "tea")
            server.kill()
            let loadsBefore = source.loads
            for _ in 0..<50 { #expect(try await read() == "tea") }
            #expect(source.loads >= loadsBefore + 49)
            try server.start()
            // It keeps values again as soon as the breaker lets it.
            let works = try await eventually(within: .seconds(120)) {
                let before = source.loads
                for _ in 0..<3 where try await read() != "tea" { return false }
                return source.loads == before
            }
            #expect(works)
        }
    }

    @Test func severalKeysAreOneLoad() async throws {
        try await self.withCache { cache in
            await cache.store("tea", version: 1, for: "a")
            let asked = Mutex<[[String]]>([])
            for _ in 0..<2 {
                let found = try await cache.values(for: ["a", "b", "c"]) { keys in
                    asked.withLock { $0.append(keys.sorted()) }
                    return ["b": Versioned("milk", version: 1)]
                }
                #expect(found.values == ["a": "tea", "b": "milk"])
                #expect(found.unknown.isEmpty && found.stale.isEmpty)
            }
            // That there is no c is remembered too.
            #expect(asked.withLock { $0 } == [["b", "c"]])
        }
    }

    @Test func ofSeveralKeysWhatIsKnownIsUsedWhenLoadingFails() async throws {
        try await self.withCache(Self.policy(timeToLive: .milliseconds(20), staleFor: .seconds(600))) { cache in
            await cache.store("tea", version: 1, for: "a")
            let isStale = try await eventually {
                try await cache.values(for: ["a", "b"]) { _ in throw LoadFailure() }.stale == ["a"]
            }
            #expect(isStale)
            let found = try await cache.values(for: ["a", "b"]) { _ in throw LoadFailure() }
            #expect(found.values == ["a": "tea"])
            #expect(found.unknown == ["b"])
            #expect(found.failure is LoadFailure)
        }
    }
}
