import Resilience
import Testing

@Suite struct DeadlineTests {
    @Test func theEarlierOneHolds() {
        let now = ContinuousClock.now
        let (soon, late) = (Deadline(now + .seconds(1)), Deadline(now + .seconds(2)))
        #expect(soon.earlier(late) == soon)
        #expect(late.earlier(soon) == soon)
        #expect(soon.remaining(at: now) == .seconds(1))
        #expect(!soon.isExpired(at: now))
        #expect(soon.isExpired(at: now + .seconds(1)))
    }

    @Test func nestedDeadlinesOnlyShrink() async {
        let now = ContinuousClock.now
        let (soon, late) = (Deadline(now + .seconds(1)), Deadline(now + .seconds(2)))
        #expect(CallScope.current.deadline == nil)
        await withDeadline(soon) {
            await withDeadline(late) {
                #expect(CallScope.current.deadline == soon)
                await CallScope.detached {
                    #expect(CallScope.current.deadline == nil)
                }
            }
        }
        #expect(CallScope.current.deadline == nil)
    }
}
