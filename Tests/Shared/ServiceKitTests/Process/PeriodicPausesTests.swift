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

    @Test func sparingWorkPausesForLongerAfterASlowRun() {
        let pauses = PeriodicPauses(interval: .seconds(10), jitter: 0, isSparing: true)
        #expect(pauses.next(afterFailures: 0, took: .milliseconds(5), random: 0) == .seconds(10))
        #expect(pauses.next(afterFailures: 0, took: .milliseconds(600), random: 0) == .seconds(30))
        #expect(pauses.next(afterFailures: 0, took: .seconds(2), random: 0) == .seconds(60))
        // A database that is too slow to answer in time is left alone too, one that refuses at once is not.
        #expect(pauses.next(afterFailures: 1, took: .seconds(10), random: 0) == .seconds(60))
        #expect(pauses.next(afterFailures: 1, took: .milliseconds(5), random: 0) == .seconds(1))
    }

    @Test func otherWorkDoesNotCareHowLongARunTook() {
        let pauses = PeriodicPauses(interval: .seconds(10), jitter: 0)
        #expect(pauses.next(afterFailures: 0, took: .seconds(100), random: 0) == .seconds(10))
    }
}
