import Resilience
import Testing

@Suite struct BreakerCoreTests {
    private let start = ContinuousClock.now
    private let configuration = BreakerConfiguration(
        window: .seconds(10), minimumCalls: 10, failureRate: 0.5, slowRate: 0.5, slowDuration: .seconds(2),
        openDuration: .seconds(1), maximumOpenDuration: .seconds(8), trialCalls: 3, maximumTrialDuration: .seconds(5))

    private func call(
        _ core: inout BreakerCore,
        _ outcome: CallOutcome,
        at now: ContinuousClock.Instant,
        taking duration: Duration = .zero
    ) {
        guard case .permitted(let permit) = core.acquire(at: now) else { return }
        core.finish(permit, outcome: outcome, duration: duration, at: now + duration)
    }

    private func opened(at now: ContinuousClock.Instant) -> BreakerCore {
        var core = BreakerCore(configuration, start: start)
        for _ in 0..<10 { call(&core, .failure, at: now) }
        #expect(core.state == .open)
        return core
    }

    @Test func belowTheMinimumOfCallsItNeverOpens() {
        var core = BreakerCore(configuration, start: start)
        for _ in 0..<9 { call(&core, .failure, at: start) }
        #expect(core.state == .closed)
        call(&core, .failure, at: start)
        #expect(core.state == .open)
    }

    @Test func itOpensAtTheThresholdNotBelow() {
        var core = BreakerCore(configuration, start: start)
        for _ in 0..<6 { call(&core, .success, at: start) }
        for _ in 0..<5 { call(&core, .transient, at: start) }
        #expect(core.state == .closed)
        call(&core, .overloaded(retryAfter: nil), at: start)
        #expect(core.state == .open)
    }

    @Test func whatTheCallerDidDoesNotCount() {
        var core = BreakerCore(configuration, start: start)
        for _ in 0..<100 { call(&core, .ignored, at: start) }
        #expect(core.state == .closed)
        #expect(core.rates(at: start).failed == 0)
    }

    @Test func oldFailuresAreForgotten() {
        var core = BreakerCore(configuration, start: start)
        for _ in 0..<9 { call(&core, .failure, at: start) }
        call(&core, .failure, at: start + .seconds(11))
        #expect(core.state == .closed)
    }

    @Test func slowCallsOpenIt() {
        var core = BreakerCore(configuration, start: start)
        for _ in 0..<10 { call(&core, .success, at: start, taking: .seconds(3)) }
        #expect(core.state == .open)
    }

    @Test func slowCallsThatNeverReturnOpenIt() {
        var core = BreakerCore(configuration, start: start)
        for _ in 0..<20 { _ = core.acquire(at: start) }
        #expect(core.state == .closed)
        guard case .rejected = core.acquire(at: start + .seconds(5)) else { return #expect(Bool(false)) }
        #expect(core.state == .open)
    }

    @Test func itRefusesWhileOpenAndSaysForHowLong() {
        var core = opened(at: start)
        #expect(core.acquire(at: start + .milliseconds(400)) == .rejected(retryAfter: .milliseconds(600)))
    }

    @Test func aFewTrialsPassAndCloseIt() {
        var core = opened(at: start)
        let now = start + .seconds(1)
        var permits: [BreakerPermit] = []
        for _ in 0..<5 {
            if case .permitted(let permit) = core.acquire(at: now) { permits.append(permit) }
        }
        #expect(permits.count == 3)
        #expect(core.state == .halfOpen)
        for permit in permits {
            core.finish(permit, outcome: .success, duration: .zero, at: now)
        }
        #expect(core.state == .closed)
    }

    @Test func failedTrialsDoubleTheWait() {
        var core = opened(at: start)
        var now = start
        for seconds in [1, 2, 4, 8, 8] {
            now += .seconds(seconds)
            guard case .rejected = core.acquire(at: now - .milliseconds(1)) else { return #expect(Bool(false)) }
            for _ in 0..<3 { call(&core, .failure, at: now) }
            #expect(core.state == .open)
        }
    }

    @Test func anIgnoredTrialGivesItsPlaceBack() {
        var core = opened(at: start)
        for _ in 0..<10 { call(&core, .ignored, at: start + .seconds(1)) }
        #expect(core.state == .halfOpen)
        for _ in 0..<3 { call(&core, .success, at: start + .seconds(1)) }
        #expect(core.state == .closed)
    }

    @Test func trialsThatNeverReturnCannotHoldIt() {
        var core = opened(at: start)
        for _ in 0..<3 { _ = core.acquire(at: start + .seconds(1)) }
        core.refresh(at: start + .seconds(5))
        #expect(core.state == .halfOpen)
        core.refresh(at: start + .seconds(6))
        #expect(core.state == .open, "no trial came back: that is no sign of health")
    }

    @Test func whenTimeIsOverTheTrialsThatCameBackDecide() {
        var core = opened(at: start)
        let now = start + .seconds(1)
        for _ in 0..<2 { _ = core.acquire(at: now) }
        call(&core, .success, at: now)
        core.refresh(at: now + .seconds(5))
        #expect(core.state == .closed)
    }

    @Test func outcomesOfAnEarlierPeriodDoNotCount() {
        var core = BreakerCore(configuration, start: start)
        guard case .permitted(let old) = core.acquire(at: start) else { return #expect(Bool(false)) }
        for _ in 0..<10 { call(&core, .failure, at: start) }
        core.refresh(at: start + .seconds(1))
        #expect(core.state == .halfOpen)
        core.finish(old, outcome: .failure, duration: .seconds(1), at: start + .seconds(1))
        for _ in 0..<3 { call(&core, .success, at: start + .seconds(1)) }
        #expect(core.state == .closed)
    }

    @Test(arguments: 1...10)
    func itsRatesAgreeWithANaiveModel(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let configuration = BreakerConfiguration(
            window: .seconds(10), minimumCalls: .max, slowDuration: .seconds(100))
        var core = BreakerCore(configuration, start: start)
        var history: [(slice: Int, failed: Bool)] = []
        var milliseconds = 0
        for _ in 0..<2000 {
            milliseconds += Int.random(in: 0...80, using: &random)
            let now = start + .milliseconds(milliseconds)
            let failed = Bool.random(using: &random)
            call(&core, failed ? .failure : .success, at: now)
            history.append((milliseconds / 1000, failed))
            let recent = history.filter { $0.slice > milliseconds / 1000 - 10 }
            let expected = Double(recent.count { $0.failed }) / Double(recent.count)
            #expect(abs(core.rates(at: now).failed - expected) < 1e-9)
        }
    }

    @Test(arguments: 1...20)
    func noMoreThanTheTrialsPassWhileHalfOpen(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var core = opened(at: start)
        var now = start
        var out: [BreakerPermit] = []
        var wasHalfOpen = false
        for _ in 0..<2000 {
            now += .milliseconds(Int.random(in: 0...300, using: &random))
            core.refresh(at: now)
            if core.state != .halfOpen || !wasHalfOpen { out.removeAll() }
            wasHalfOpen = core.state == .halfOpen
            if Bool.random(using: &random), case .permitted(let permit) = core.acquire(at: now) {
                out.append(permit)
            } else if let permit = out.popLast() {
                let outcome: CallOutcome = [.success, .failure, .ignored].randomElement(using: &random) ?? .ignored
                core.finish(permit, outcome: outcome, duration: .zero, at: now)
            }
            if core.state == .halfOpen { #expect(out.count <= 3) }
        }
    }
}
