import Testing

@testable import ServiceKit

@Suite struct PeriodicPausesTests {
    @Test func theIntervalVariesByTheJitter() {
        let pauses = PeriodicPauses(interval: .seconds(100), jitter: 0.25)
        #expect(pauses.next(afterFailures: 0, random: 0) == .seconds(75))
        #expect(pauses.next(afterFailures: 0, random: 0.5) == .seconds(100))
        #expect(pauses.next(afterFailures: 0, random: 1) == .seconds(125))
    }

    @Test func failuresShortenThePauseAndNeverLengthenIt() {
        let pauses = PeriodicPauses(interval: .seconds(10), jitter: 0)
        let seconds = (1...6).map { pauses.next(afterFailures: $0, random: 0.5) }
        #expect(seconds == [1, 2, 4, 8, 10, 10].map { .seconds($0) })
        #expect(PeriodicPauses(interval: .milliseconds(200), jitter: 0).next(afterFailures: 99, random: 0) == .milliseconds(200))
    }
}
