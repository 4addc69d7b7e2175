import TestSupport
import Testing

@testable import Events

@Suite(.enabled(if: EventsFixture.isAvailable)) struct RedisEventLogTests {
    @Test(.timeLimit(.minutes(5))) func conforms() async throws {
        try await EventsFixture.with { fixture in
            var configuration = RedisEventLog.Configuration()
            configuration.capacity = 10
            try await EventLogConformance(log: RedisEventLog(redis: fixture.redis, configuration: configuration)).run()
        }
    }
}
