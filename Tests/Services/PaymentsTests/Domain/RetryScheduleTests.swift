import PaymentsDomain
import Testing

@Suite struct RetryScheduleTests {
    @Test func waitsGrowToHalfAMinuteAndNeverEnd() {
        #expect(RetrySchedule.delay(after: 1, random: 0) == .milliseconds(100))
        #expect(RetrySchedule.delay(after: 1, random: 1) == .milliseconds(200))
        #expect(RetrySchedule.delay(after: 4, random: 1) == .milliseconds(1600))
        for attempt in [9, 10, 1000, .max] {
            #expect(RetrySchedule.delay(after: attempt, random: 1) == .seconds(30))
        }
    }
}
