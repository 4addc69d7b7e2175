import Testing

@testable import Events

@Suite struct InMemoryEventLogTests {
    @Test(.timeLimit(.minutes(5))) func conforms() async throws {
        try await EventLogConformance(log: InMemoryEventLog(capacity: 10)).run()
    }
}
