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

    @Test(arguments: ["", "redis://", "rediss://h", "redis://h:0", "redis://h:x", "redis://h/a", "redis://a%zz@h"])
    func refusesWhatIsNoRedisURL(url: String) {
        #expect(throws: RedisError.self) { try RedisConfiguration(url: url) }
    }
}
