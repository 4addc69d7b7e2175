import NIOCore
import Testing

@testable import RPC

@Suite struct ConnectionUpkeepTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

    @Test func aQuietConnectionWithoutCallsIsLeftAlone() {
        var keepAlive = KeepAlive(interval: .seconds(10), timeout: .seconds(2))
        keepAlive.received(now: start)
        #expect(keepAlive.check(now: start + .seconds(100), hasCalls: false) == .nothing)
    }

    @Test func aQuietConnectionWithCallsIsPingedOnceAndThenDead() {
        var keepAlive = KeepAlive(interval: .seconds(10), timeout: .seconds(2))
        keepAlive.received(now: start)
        #expect(keepAlive.check(now: start + .seconds(9), hasCalls: true) == .nothing)
        #expect(keepAlive.check(now: start + .seconds(10), hasCalls: true) == .ping)
        #expect(keepAlive.check(now: start + .seconds(11), hasCalls: true) == .nothing)
        #expect(keepAlive.check(now: start + .seconds(12), hasCalls: true) == .dead)
    }

    @Test func anythingFromThePeerAnswersThePing() {
        var keepAlive = KeepAlive(interval: .seconds(10), timeout: .seconds(2))
        keepAlive.received(now: start)
        #expect(keepAlive.check(now: start + .seconds(10), hasCalls: true) == .ping)
        keepAlive.received(now: start + .seconds(11))
        #expect(keepAlive.check(now: start + .seconds(13), hasCalls: true) == .nothing)
    }

    @Test func oneTimerServesAllDeadlines() {
        var schedule = SweepSchedule(floor: .milliseconds(5))
        #expect(schedule.add(start + .seconds(2), now: start) == start + .seconds(2))
        #expect(schedule.add(start + .seconds(3), now: start) == nil)
        #expect(schedule.add(start + .seconds(1), now: start) == start + .seconds(1))
        #expect(schedule.begin(start + .seconds(2)) == false, "an earlier sweep took its place")
        #expect(schedule.begin(start + .seconds(1)) == true)
        #expect(schedule.add(start, now: start + .seconds(1)) == start + .seconds(1) + .milliseconds(5))
    }

    @Test func resetsAreBoundedWithinTheWindow() {
        var budget = ResetBudget(limit: 3, window: .seconds(30))
        let granted = (0..<10).count { _ in budget.take(now: start) }
        #expect(granted == 3)
        #expect(budget.take(now: start + .seconds(29)) == false)
        #expect(budget.take(now: start + .seconds(30)) == true)
    }

    @Test(arguments: [(100, 100, nil), (51, 100, nil), (50, 100, 50), (0, 100, 100), (-20, 100, 120)] as [(Int, Int, Int?)])
    func windowsAreOpenedAgainWhenHalfIsUsed(window: Int, target: Int, increment: Int?) {
        #expect(FlowControl.increment(window: window, target: target) == increment)
    }
}
