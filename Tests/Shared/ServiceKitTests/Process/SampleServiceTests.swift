import Logging
import Synchronization
import TestSupport
import Testing

@testable import ServiceKit

@Suite(.timeLimit(.minutes(5))) struct SampleServiceTests {
    @Test func aSlowReadingIsTakenSeldom() {
        #expect(SampleService.pause(after: .milliseconds(5), interval: .seconds(10)) == .seconds(10))
        #expect(SampleService.pause(after: .seconds(2), interval: .seconds(10)) == .seconds(60))
        #expect(SampleService.pause(after: .milliseconds(600), interval: .seconds(10)) == .seconds(30))
    }

    @Test func goesOnAfterAFailureAndEndsWhenCancelled() async throws {
        let taken = Mutex(0)
        let service = SampleService(name: "test", interval: .milliseconds(1), logger: Self.quiet) {
            let count = taken.withLock { count in
                count += 1
                return count
            }
            if count == 2 { throw Unreadable() }
        }
        let run = Task { try await service.run() }
        #expect(await eventually { taken.withLock { $0 } > 3 })
        run.cancel()
        try await run.value
    }

    private struct Unreadable: Error {}

    private static var quiet: Logger { Logger(label: "test") { _ in SwiftLogNoOpLogHandler() } }
}
