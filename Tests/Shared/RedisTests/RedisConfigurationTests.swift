import Redis
import Testing

@Suite struct RedisConfigurationTests {
    @Test func readsEachPartOfAURL() throws {
        let full = try RedisConfiguration(url: "redis://me:p%40ss@cache.local:6380/3")
        #expect(full.host == "cache.local")
        #expect(full.port == 6_380)
        #expect(full.username == "me")
        #expect(full.password == "p@ss")
        #expect(full.database == 3)
        #expect(!full.description.contains("p@ss"))
    }

    @Test func everythingButTheHostMayBeLeftOut() throws {
        let short = try RedisConfiguration(url: "127.0.0.1:20020")
        #expect(short.host == "127.0.0.1")
        #expect(short.port == 20_020)
        #expect(short.password == nil)
        #expect(try RedisConfiguration(url: "redis://redis-cache").port == 6_379)
        #expect(try RedisConfiguration(url: "redis://[::1]:7000").host == "::1")
        #expect(try RedisConfiguration(url: "redis://:word@h").password == "word")
    }

    @Test func readsSentinelsAndTheNameOfThePrimary() throws {
        let full = try RedisConfiguration(url: "redis+sentinel://me:p%40ss@one:5000,two/souk-log/2")
        let sentinels = [RedisAddress(host: "one", port: 5_000), RedisAddress(host: "two", port: 26_379)]
        #expect(full.sentinel == SentinelGroup(sentinels: sentinels, primary: "souk-log"))
        #expect(full.username == "me")
        #expect(full.password == "p@ss")
        #expect(full.database == 2)
        #expect(full.requiresPrimary)
        #expect(full.description == "redis+sentinel://one:5000,two:26379/souk-log/2")
        #expect(try RedisConfiguration(url: "redis+sentinel://[::1]:5000/log").sentinel?.sentinels.first?.host == "::1")
        #expect(try RedisConfiguration(url: "redis://h").sentinel == nil)
    }

    @Test(arguments: [
        "redis+sentinel://h", "redis+sentinel://h/", "redis+sentinel://,/n", "redis+sentinel://h/n/x", "redis+sentinel://h/n/1/2",
    ])
    func refusesSentinelsWithoutANameOrAHost(url: String) {
        let error = #expect(throws: RedisError.self) { try RedisConfiguration(url: url) }
        #expect(error?.code == .invalidConfiguration)
    }

    @Test(arguments: ["", "redis://", "rediss://h", "redis://h:0", "redis://h:x", "redis://h/a", "redis://a%zz@h"])
    func refusesWhatIsNoRedisURL(url: String) {
        #expect(throws: RedisError.self) { try RedisConfiguration(url: url) }
    }
}
