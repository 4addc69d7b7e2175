import Foundation
import Redis
import TestSupport
import Testing

/// What the shop's cache forgets when it is full, by the configuration that it runs with.
@Suite(.enabled(if: OwnRedis.executable != nil), .timeLimit(.minutes(5)))
struct CacheEvictionTests {
    /// Somebody guesses passwords, and searches for ever new words so that the cache is written over between two guesses.
    @Test func countersOutliveWhatNobodyAsksForTwice() async throws {
        let file = URL(filePath: #filePath).appending(path: "../../../../deploy/redis/redis-cache.conf").standardizedFileURL
        let server = try OwnRedis()
        try server.start(with: file, "--maxmemory", "8mb")
        try await withRedis(server.configuration) { redis async throws in
            #expect(await eventually { (try? await redis.ping()) != nil })
            let accounts = (0..<20).map { "attempts:\($0)" }
            let page = [UInt8](repeating: 0x20, count: 4_700)
            for guess in 1...6 {
                for account in accounts {
                    #expect(try await redis.increment(account) == guess)
                    if guess == 1 { try await redis.expire(account, after: .seconds(900)) }
                }
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for worker in 0..<20 {
                        group.addTask {
                            for search in 0..<100 {
                                try await redis.set("search:\(guess):\(worker):\(search)", RedisArgument(page), expiry: .seconds(600))
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            #expect(try await redis.send(["EXISTS", "search:1:0:0"]) == .integer(0))
        }
    }
}
