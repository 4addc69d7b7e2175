import Redis
import Resilience
import TestSupport
import Testing

/// Redis goes away, freezes and comes back.
@Suite(.enabled(if: TestServers.redis != nil && OwnRedis.executable != nil), .timeLimit(.minutes(5)))
struct RedisFaultTests {
    private func isUp(_ redis: RedisClient) async -> Bool {
        do { try await redis.ping() } catch { return false }
        return true
    }

    @Test func commandsWaitForTheFirstConnection() async throws {
        let server = try OwnRedis()
        try server.start()
        try await withRedis(server.configuration) { redis async throws in
            #expect(await eventually { await self.isUp(redis) })
        }
    }

    @Test func aKilledServerIsFoundAgain() async throws {
        let server = try OwnRedis()
        try server.start()
        try await withRedis(server.configuration) { redis async throws in
            #expect(await eventually { await self.isUp(redis) })
            server.kill()
            #expect(await eventually { await !self.isUp(redis) })
            // While it is away, commands are refused at once instead of waiting for their deadline.
            #expect(
                await eventually {
                    do { try await redis.ping() } catch { return (error as? RedisError)?.code == .notConnected }
                    return false
                }
            )
            try server.start()
            #expect(await eventually { await self.isUp(redis) })
            #expect(try await redis.eval(RedisScript("return 7"), keys: []) == .integer(7))
        }
    }

    @Test func whatWasInFlightFailsAsUnknown() async throws {
        let server = try OwnRedis()
        try server.start()
        try await withRedis(server.configuration) { redis async throws in
            #expect(await eventually { await self.isUp(redis) })
            // Redis answers nothing on this connection until somebody fills the list, which nobody does.
            let waiting = Task { try await redis.send(["BLPOP", "list", "0"]) }
            try await withRedis(server.configuration) { other async throws in
                #expect(try await eventually { try await other.send(["CLIENT", "LIST"]).text?.contains("cmd=blpop") == true })
            }
            // The next one in the queue is given up by its deadline. On a busy machine that may pass before it is sent.
            let isGivenUp = await eventually {
                await withDeadline(.after(.milliseconds(100))) {
                    let late = await #expect(throws: RedisError.self) { try await redis.ping() }
                    #expect(late?.code == .timeout)
                    return late?.isOutcomeUnknown == true
                }
            }
            #expect(isGivenUp)
            server.kill()
            let error = await #expect(throws: RedisError.self) { try await waiting.value }
            #expect(error?.isOutcomeUnknown == true)
            #expect(error?.isRetriable == false)
        }
    }

    @Test func aFrozenServerIsLeftAndFoundAgain() async throws {
        let server = try OwnRedis()
        try server.start()
        var configuration = server.configuration
        configuration.commandTimeout = .milliseconds(150)
        try await withRedis(configuration) { redis async throws in
            #expect(await eventually { await self.isUp(redis) })
            server.freeze()
            #expect(await eventually { await !self.isUp(redis) })
            server.thaw()
            #expect(await eventually { await self.isUp(redis) })
            for number in 0..<100 {
                // On a busy machine an answer may come too late for so little patience; a wrong one never comes.
                let isAnswered = await eventually {
                    guard let reply = try? await redis.send(["ECHO", RedisArgument(number)]) else { return false }
                    #expect(reply.integer == Int64(number))
                    return true
                }
                #expect(isAnswered)
            }
        }
    }

    @Test func aBlockedReadFailsWhenTheServerDiesAndWorksAfterwards() async throws {
        let server = try OwnRedis()
        try server.start()
        try await withRedis(server.configuration) { redis async throws in
            #expect(await eventually { await self.isUp(redis) })
            let reading = Task { try await redis.xread(["s": .zero], count: 1, blocking: .seconds(600)) }
            #expect(try await eventually { try await redis.send(["CLIENT", "LIST"]).text?.contains("cmd=xread") == true })
            server.kill()
            await #expect(throws: RedisError.self) { try await reading.value }
            try server.start()
            #expect(await eventually { await self.isUp(redis) })
            try await redis.xadd("s", fields: [.init("n", "1")])
            let read = try await redis.xread(["s": .zero], count: 1, blocking: .seconds(60))
            #expect(read["s"]?.count == 1)
        }
    }

    @Test func wrongCredentialsAreToldAsRefusal() async throws {
        let server = try OwnRedis()
        try server.start()
        var configuration = server.configuration
        configuration.password = "wrong"
        try await withRedis(configuration) { redis async throws in
            let error = await #expect(throws: RedisError.self) { try await redis.ping() }
            #expect(error?.code == .notConnected || error?.code == .timeout)
        }
    }
}
