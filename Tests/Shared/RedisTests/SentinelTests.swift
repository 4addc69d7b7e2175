import Redis
import TestSupport
import Testing

/// The primary dies, and the client follows the Sentinel to the next one.
@Suite(.enabled(if: TestServers.redis != nil && OwnRedis.executable != nil), .timeLimit(.minutes(5)))
struct SentinelTests {
    /// Two servers and a Sentinel, up and aware of each other.
    private struct Cluster {
        let primary: OwnRedis
        let replica: OwnRedis
        let sentinel: OwnRedis

        static func start() async throws -> Cluster {
            let cluster = try Cluster(primary: OwnRedis(), replica: OwnRedis(), sentinel: OwnRedis())
            try cluster.primary.start()
            try cluster.replica.start(replicaOf: cluster.primary)
            try cluster.sentinel.startSentinel(watching: cluster.primary, as: "log")
            try await withRedis(cluster.sentinel.configuration) { sentinel async throws in
                let known = await eventually(within: .seconds(120)) {
                    let replicas = try? await sentinel.send(["SENTINEL", "REPLICAS", "log"]).elements
                    return replicas?.first?.fields?["flags"]?.text == "slave"
                }
                #expect(known, "The Sentinel has not found the replica")
            }
            return cluster
        }

        func configuration(_ before: String = "") throws -> RedisConfiguration {
            try RedisConfiguration(url: "redis+sentinel://\(before)127.0.0.1:\(self.sentinel.port)/log").patient
        }
    }

    private func port(_ redis: RedisClient) async -> Int? {
        guard let answer = try? await redis.send(["CONFIG", "GET", "port"]) else { return nil }
        return answer.fields?["port"]?.integer.map { Int($0) }
    }

    @Test func followsThePrimaryToTheOtherServer() async throws {
        let cluster = try await Cluster.start()
        try await withRedis(try cluster.configuration()) { redis async throws in
            #expect(await eventually { await self.port(redis) == cluster.primary.port })
            try await redis.send(["SET", "key", "value"])
            #expect(await eventually { (try? await redis.waitForReplicas(1, timeout: .milliseconds(100))) == 1 })
            try await withRedis(cluster.sentinel.configuration) { sentinel async throws in
                _ = try await sentinel.send(["SENTINEL", "SET", "log", "down-after-milliseconds", "500"])
            }
            cluster.primary.kill()
            #expect(await eventually(within: .seconds(120)) { await self.port(redis) == cluster.replica.port })
            // A primary indeed: it has what the old one had, and takes writes.
            #expect(try await redis.send(["GET", "key"]).text == "value")
            try await redis.send(["SET", "key", "next"])
            // Blocking reads go the same way.
            let read = try await redis.xread(["stream": .zero], count: 1, blocking: .milliseconds(50))
            #expect(read.isEmpty)
        }
    }

    @Test func asksTheOtherSentinelsWhenOneIsDeadOrFrozen() async throws {
        let cluster = try await Cluster.start()
        let frozen = try OwnRedis()
        try frozen.start()
        try await withRedis(frozen.configuration) { redis async throws in
            #expect(await eventually { (try? await redis.ping()) != nil })
        }
        frozen.freeze()
        defer { frozen.thaw() }
        var configuration = try cluster.configuration("127.0.0.1:1,127.0.0.1:\(frozen.port),")
        // The frozen one costs a quarter of it.
        configuration.connectTimeout = .seconds(1)
        try await withRedis(configuration) { redis async throws in
            #expect(await eventually { await self.port(redis) == cluster.primary.port })
        }
    }

    @Test func aSentinelThatNamesAReplicaIsNotBelieved() async throws {
        let primary = try OwnRedis()
        let replica = try OwnRedis()
        try primary.start()
        try replica.start(replicaOf: primary)
        // Nothing but the greeting's look at the role keeps the client from writing to it.
        var configuration = replica.configuration
        configuration.requiresPrimary = true
        try await withRedis(configuration) { redis async throws in
            let error = await #expect(throws: RedisError.self) { try await redis.ping() }
            #expect(error?.code == .notConnected || error?.code == .timeout)
        }
    }

    @Test func saysSoWhenNoSentinelKnowsThePrimary() async throws {
        let cluster = try await Cluster.start()
        let url = "redis+sentinel://127.0.0.1:\(cluster.sentinel.port)/unheard-of"
        try await withRedis(try RedisConfiguration(url: url).patient) { redis async throws in
            let told = await eventually {
                do { try await redis.ping() } catch { return (error as? RedisError)?.code == .notConnected }
                return false
            }
            #expect(told)
        }
    }
}
