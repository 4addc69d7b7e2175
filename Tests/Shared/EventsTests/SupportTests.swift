import Foundation
import Testing

@testable import Events

@Suite struct SupportTests {
    @Test func partitionIsTheSameForEver() {
        // Stored in every outbox: these values may never change.
        let partitioner = Partitioner(count: 8)
        let found = ["", "a", "ord_0192", "ord_0193", "85123A"].map(partitioner.partition)
        #expect(found == SupportTests.pinned)
    }

    private static let pinned = [6, 3, 2, 7, 3]

    @Test func keysSpreadOverThePartitions() {
        let partitioner = Partitioner(count: 8)
        var counts = [Int](repeating: 0, count: 8)
        for number in 0..<8_000 { counts[partitioner.partition(of: "sku-\(number)")] += 1 }
        #expect(counts.allSatisfy { (850...1_150).contains($0) })
    }

    @Test func eventIdentityIsAUUIDOfVersionSeven() throws {
        var generator = SystemRandomNumberGenerator()
        let id = EventUUID.make(milliseconds: 0x0192_0000_0001, using: &generator).description
        let uuid = try #require(UUID(uuidString: id))
        #expect(id.hasPrefix("01920000-0001-7"))
        #expect(uuid.uuid.8 & 0xC0 == 0x80)
    }

    @Test(arguments: [
        "1970-01-01T00:00:00.000000Z", "2000-02-29T23:59:59.999999Z", "2025-11-21T03:50:30.123456Z",
        "1969-12-31T23:59:59.500000Z", "2100-03-01T00:00:00.000001Z",
    ])
    func timestampsComeBack(text: String) throws {
        let date = try #require(Timestamp.date(text))
        #expect(Timestamp.text(date) == text)
    }

    @Test func timestampAgreesWithFoundation() throws {
        let date = Date(timeIntervalSince1970: 1_763_697_030)
        #expect(Timestamp.text(date) == date.formatted(.iso8601).replacingOccurrences(of: "Z", with: ".000000Z"))
    }

    @Test(arguments: ["", "2025-11-21", "2025-11-21T03:50:30Z", "2025-11-21T03:50:30.12345xZ"])
    func otherTextIsNoTimestamp(text: String) {
        #expect(Timestamp.date(text) == nil)
    }

    @Test func positionsAreReadBack() {
        #expect(LogPosition("3-42") == LogPosition(epoch: 3, sequence: 42))
        #expect(LogPosition("3") == nil)
        #expect(LogPosition("-1-2") == nil)
        #expect(LogPosition(epoch: 1, sequence: 9) < LogPosition(epoch: 2, sequence: 1))
    }

    @Test func idleBackoffGrowsAndStartsAgain() {
        var backoff = IdleBackoff(from: .milliseconds(50), to: .milliseconds(150))
        let pauses = [false, false, false, false, true].map { backoff.pause(foundWork: $0) }
        #expect(pauses == [50, 100, 150, 150, 50].map { .milliseconds($0) })
    }

    @Test func periodicTimerSkipsMissedPeriods() {
        let start = ContinuousClock.now
        var timer = PeriodicTimer(every: .seconds(1), firstAt: start)
        let answers = [0, 999, 5_000, 5_500].map { timer.isDue(at: start.advanced(by: .milliseconds($0))) }
        #expect(answers == [true, false, true, false])
    }

    @Test(.timeLimit(.minutes(5))) func wakeBeforeTheWaitIsNotLost() async {
        let signal = WakeSignal()
        signal.wake()
        #expect(await signal.wait(atMost: .seconds(120)))
        #expect(await signal.wait(atMost: .milliseconds(5)) == false)
    }

    @Test(.timeLimit(.minutes(5))) func wakeEndsAWait() async {
        let signal = WakeSignal()
        async let woken = signal.wait(atMost: .seconds(120))
        signal.wake()
        #expect(await woken)
    }

    @Test func parkedEventsAreTriedLessAndLessOften() {
        let policy = PoisonPolicy()
        #expect(policy.delay(afterParkedAttempts: 0) == .seconds(60))
        #expect(policy.delay(afterParkedAttempts: 3) == .seconds(480))
        #expect(policy.delay(afterParkedAttempts: 9) == .seconds(3_600))
        #expect(policy.delay(afterParkedAttempts: 10) == nil)
    }
}
