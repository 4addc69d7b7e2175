import Redis
import Resilience
import TestSupport
import Testing

@Suite(.enabled(if: TestServers.redis != nil), .timeLimit(.minutes(5)))
struct RedisClientTests {
    private func configuration() throws -> RedisConfiguration {
        try RedisConfiguration(url: #require(TestServers.redis)).patient
    }

    @Test func readsWhatItWrote() async throws {
        try await withRedis(self.configuration()) { redis async throws in
            let key = uniqueKey("value")
            #expect(try await redis.get(key) == nil)
            #expect(try await redis.set(key, RedisArgument([0, 255, 13, 10]), expiry: .seconds(600)))
            #expect(try await redis.get(key) == [0, 255, 13, 10])
            #expect(try await !redis.set(key, "other", onlyIfAbsent: true))
            #expect(try await redis.timeToLive(key) ?? .zero > .seconds(200))
            #expect(try await redis.increment(key + ":n", by: 5) == 5)
            #expect(try await redis.delete(key, key + ":n") == 2)
        }
    }

    @Test func commandsOfManyTasksKeepTheirAnswers() async throws {
        try await withRedis(self.configuration()) { redis async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<2_000 {
                    group.addTask {
                        let reply = try await redis.send(["ECHO", RedisArgument(number)])
                        #expect(reply.integer == Int64(number))
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func cancelledCommandsDoNotShiftTheAnswersOfOthers() async throws {
        try await withRedis(self.configuration()) { redis async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<500 {
                    let task = Task {
                        let reply = try await redis.send(["ECHO", RedisArgument(number)])
                        #expect(reply.integer == Int64(number))
                    }
                    if number.isMultiple(of: 2) { task.cancel() }
                    group.addTask {
                        do { try await task.value } catch is CancellationError {}
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func aLargeValueTravelsWhole() async throws {
        try await withRedis(self.configuration()) { redis async throws in
            let key = uniqueKey("large")
            let value = (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            try await redis.set(key, RedisArgument(value), expiry: .seconds(600))
            #expect(try await redis.get(key) == value)
            try await redis.delete(key)
        }
    }

    @Test func aPipelineTellsEachCommandsResult() async throws {
        try await withRedis(self.configuration()) { redis async throws in
            let key = RedisArgument(uniqueKey("pipeline"))
            let results = try await redis.pipeline([["SET", key, "text"], ["INCR", key], ["GET", key], ["DEL", key]])
            #expect(try results[0].get().text == "OK")
            #expect(throws: RedisError.self) { try results[1].get() }
            #expect(try results[2].get().text == "text")
            #expect(try results[3].get() == .integer(1))
        }
    }

    @Test func scriptsRunThoughTheServerForgetsThem() async throws {
        try await withRedis(self.configuration()) { redis async throws in
            let script = RedisScript("return {KEYS[1], ARGV[1], tonumber(ARGV[2]) + 1} -- \(uniqueKey("script"))")
            for _ in 0..<2 {
                let reply = try await redis.eval(script, keys: ["k"], arguments: ["a", 41])
                #expect(reply.elements?.map { $0.text ?? "\($0.integer ?? 0)" } == ["k", "a", "42"])
            }
        }
    }

    @Test func streamsAreWrittenReadAndTrimmed() async throws {
        try await withRedis(self.configuration()) { redis async throws in
            let stream = uniqueKey("stream")
            #expect(try await redis.xinfo(stream) == nil)
            for number in 1...5 {
                let id = StreamID(major: 3, minor: UInt64(number))
                #expect(try await redis.xadd(stream, id: id, fields: [.init("n", "\(number)")]) == id)
            }
            await #expect(throws: RedisError.self) {
                try await redis.xadd(stream, id: StreamID(major: 3, minor: 5), fields: [.init("n", "again")])
            }
            let read = try await redis.xread([stream: StreamID(major: 3, minor: 2)], count: 2)
            #expect(read[stream]?.map(\.id.minor) == [3, 4])
            #expect(read[stream]?.first?["n"] == Array("3".utf8))
            #expect(try await redis.xtrim(stream, below: StreamID(major: 3, minor: 3)) == 2)
            #expect(try await redis.xrange(stream, count: 10).map(\.id.minor) == [3, 4, 5])
            let info = try #require(try await redis.xinfo(stream))
            #expect(info.length == 3)
            #expect(info.lastGeneratedID == StreamID(major: 3, minor: 5))
            #expect(info.firstID == StreamID(major: 3, minor: 3))
            try await redis.delete(stream)
        }
    }

    @Test func aBlockedReadDoesNotHoldUpOtherCommands() async throws {
        try await withRedis(self.configuration()) { redis async throws in
            let stream = uniqueKey("blocked")
            async let entries = redis.xread([stream: .zero], count: 10, blocking: .seconds(200))
            for _ in 0..<50 { try await redis.ping() }
            try await redis.xadd(stream, fields: [.init("n", "1")])
            #expect(try await entries[stream]?.count == 1)
            #expect(try await redis.xread([uniqueKey("none"): .zero], count: 1, blocking: .milliseconds(5)).isEmpty)
            try await redis.delete(stream)
        }
    }

    @Test func aBlockedReadEndsWhenItsTaskIsCancelled() async throws {
        try await withRedis(self.configuration()) { redis async throws in
            let stream = uniqueKey("cancelled")
            // By itself it would go on for longer than the test may.
            let reading = Task { try await redis.xread([stream: .zero], count: 1, blocking: .seconds(600)) }
            try await redis.ping()
            reading.cancel()
            await #expect(throws: CancellationError.self) { try await reading.value }
            // Its connection is opened anew for the next one.
            #expect(try await redis.xread([stream: .zero], count: 1, blocking: .milliseconds(5)).isEmpty)
        }
    }

    @Test func theCallersDeadlineHolds() async throws {
        try await withRedis(self.configuration()) { redis async throws in
            try await redis.ping()
            await withDeadline(Deadline(.now.advanced(by: .seconds(-1)))) {
                let error = await #expect(throws: RedisError.self) { try await redis.ping() }
                #expect(error?.code == .timeout)
            }
            try await redis.ping()
        }
    }

    @Test func aClosedClientSaysSo() async throws {
        let client = RedisClient(configuration: try self.configuration())
        let running = Task { await client.run() }
        try await client.ping()
        running.cancel()
        await running.value
        let error = await #expect(throws: RedisError.self) { try await client.ping() }
        #expect(error?.code == .closed)
    }
}
