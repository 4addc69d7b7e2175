import Testing

@testable import Events

/// When looks for events begin, in virtual time.
@Suite struct RelayScheduleTests {
    private let start = ContinuousClock.now

    @Test func loneEventDoesNotWait() {
        #expect(self.looks(writes: [0, 20, 500]) == [0, 20, 500].map { .milliseconds($0) })
    }

    @Test func whatFollowsSoonWaitsAndIsFoundTogether() {
        // 5, 6 and 19 are found by one look, 20 ms after the beginning of the one that found the first.
        #expect(self.looks(writes: [0, 5, 6, 19, 21, 100]) == [0, 20, 40, 100].map { .milliseconds($0) })
    }

    @Test func unhurriedRelayLooksFiveTimesASecondAtMost() {
        #expect(OutboxRelay.Configuration.unhurried.minimumSpacing == .milliseconds(200))
        let looks = self.looks(writes: [0, 5, 199, 201, 1_000], .unhurried)
        #expect(looks == [0, 200, 400, 1_000].map { .milliseconds($0) })
    }

    @Test func lookThatFoundNothingKeepsNobodyWaiting() {
        var schedule = RelaySchedule(OutboxRelay.Configuration(), now: self.start)
        let later = self.start.advanced(by: .seconds(1))
        schedule.looked(at: later, found: 0)
        #expect(schedule.nextLook <= later)
        schedule.looked(at: later, found: 1)
        let next = later.advanced(by: .milliseconds(20))
        schedule.looked(at: next, found: 0)
        #expect(schedule.nextLook == next)
    }

    /// When looks begin, if each event wakes the relay as it is written.
    ///
    /// - Parameter writes: Milliseconds from the start, rising.
    private func looks(
        writes: [Int], _ configuration: OutboxRelay.Configuration = OutboxRelay.Configuration()
    ) -> [Duration] {
        var schedule = RelaySchedule(configuration, now: self.start)
        var waiting = writes.map { self.start.advanced(by: .milliseconds($0)) }[...]
        var looks: [Duration] = []
        while let first = waiting.first {
            let begin = max(first, schedule.nextLook)
            let found = waiting.prefix { $0 <= begin }
            schedule.looked(at: begin, found: found.count)
            waiting = waiting.dropFirst(found.count)
            looks.append(self.start.duration(to: begin))
        }
        return looks
    }
}
