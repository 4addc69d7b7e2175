import Testing

@testable import RPC

@Suite struct BalancerCoreTests {
    private var core = BalancerCore<String>(connectionsPerEndpoint: 1)
    private var random = SeededGenerator(seed: 1)
    private let now = ContinuousClock.now
    private let endpoints = (1...3).map { Endpoint(host: "10.0.0.\($0)", port: 9090) }

    private mutating func connect(_ dials: [BalancerCore<String>.Dial], limit: Int = 100) {
        for dial in dials {
            #expect(core.opened(dial.id, dial.endpoint.host) == true)
            core.ready(dial.id, limit: limit)
        }
    }

    private mutating func pick(excluding excluded: Set<Endpoint> = []) -> BalancerCore<String>.Pick? {
        core.pick(excluding: excluded, at: now, using: &random)
    }

    @Test mutating func nothingIsPickedBeforeTheServersSettings() {
        let (dials, _) = core.update([endpoints[0]])
        #expect(pick() == nil)
        _ = core.opened(dials[0].id, "a")
        #expect(pick() == nil)
        core.ready(dials[0].id, limit: 1)
        #expect(pick()?.connection == "a")
        #expect(pick() == nil, "the limit is one call")
    }

    @Test mutating func callsGoWhereTheFewestAre() {
        connect(core.update(endpoints).dials)
        var counts: [Endpoint: Int] = [:]
        for _ in 0..<30 {
            counts[pick()?.endpoint ?? endpoints[0], default: 0] += 1
        }
        #expect(counts.values.allSatisfy { (8...12).contains($0) })
    }

    @Test mutating func sequentialCallsSpreadOverEquals() {
        connect(core.update(endpoints).dials)
        var counts: [Endpoint: Int] = [:]
        for _ in 0..<300 {
            guard let pick = pick() else { return #expect(Bool(false)) }
            counts[pick.endpoint, default: 0] += 1
            core.release(pick.id, duration: .microseconds(300), failed: false, at: now)
        }
        #expect(counts.values.allSatisfy { $0 > 60 })
    }

    @Test mutating func aSlowEndpointGetsLittle() {
        connect(core.update(endpoints).dials)
        var counts: [Endpoint: Int] = [:]
        for _ in 0..<1000 {
            guard let pick = pick() else { return #expect(Bool(false)) }
            counts[pick.endpoint, default: 0] += 1
            let duration: Duration = pick.endpoint == endpoints[1] ? .milliseconds(105) : .milliseconds(5)
            core.release(pick.id, duration: duration, failed: false, at: now)
        }
        #expect(counts[endpoints[1], default: 0] < 30)
    }

    @Test mutating func anEndpointThatFailsFastIsNotFast() {
        connect(core.update(endpoints).dials)
        var failing = 0
        for _ in 0..<1000 {
            guard let pick = pick() else { return #expect(Bool(false)) }
            let isFailing = pick.endpoint == endpoints[2]
            failing += isFailing ? 1 : 0
            core.release(
                pick.id, duration: isFailing ? .microseconds(50) : .milliseconds(5), failed: isFailing, at: now)
        }
        #expect(failing < 30)
    }

    @Test mutating func anEndpointThatRefusedIsTakenOnlyIfThereIsNoOther() {
        connect(core.update(endpoints).dials)
        for _ in 0..<20 {
            #expect(pick(excluding: [endpoints[0], endpoints[2]])?.endpoint == endpoints[1])
        }
        #expect(pick(excluding: Set(endpoints)) != nil)
    }

    @Test mutating func aLostConnectionIsReplacedOnce() {
        let (dials, _) = core.update([endpoints[0]])
        connect(dials)
        let replacement = core.draining(dials[0].id)
        #expect(replacement?.endpoint == endpoints[0])
        #expect(replacement?.failures == 1)
        #expect(core.draining(dials[0].id) == nil)
        #expect(core.closed(dials[0].id) == nil)
        #expect(pick() == nil)
    }

    @Test mutating func failuresInARowAreCountedAndForgottenAfterAnAnswer() {
        var dial = core.update([endpoints[0]]).dials[0]
        for failures in 1...4 {
            dial = core.closed(dial.id) ?? dial
            #expect(dial.failures == failures)
        }
        #expect(core.isHopeless)
        connect([dial])
        guard let pick = pick() else { return #expect(Bool(false)) }
        core.release(pick.id, duration: .milliseconds(1), failed: false, at: now)
        #expect(!core.isHopeless)
        #expect(core.closed(dial.id)?.failures == 1)
    }

    @Test mutating func aNewListAddsAndRemoves() {
        connect(core.update([endpoints[0], endpoints[1]]).dials)
        let (dials, drain) = core.update([endpoints[1], endpoints[2]])
        #expect(dials.map(\.endpoint) == [endpoints[2]])
        #expect(drain == [endpoints[0].host])
        for _ in 0..<10 {
            #expect(pick()?.endpoint == endpoints[1])
        }
    }

    @Test mutating func aConnectionThatOpensTooLateIsNotWanted() {
        let (dials, _) = core.update([endpoints[0]])
        _ = core.update([endpoints[1]])
        #expect(!core.isWanted(dials[0].id))
        #expect(core.opened(dials[0].id, "late") == false)
        #expect(core.closed(dials[0].id) == nil)
    }

    @Test mutating func manyEndpointsAreComparedTwoByTwo() {
        let many = (1...30).map { Endpoint(host: "10.0.1.\($0)", port: 1) }
        connect(core.update(many).dials)
        var counts: [Endpoint: Int] = [:]
        for _ in 0..<300 {
            counts[pick()?.endpoint ?? many[0], default: 0] += 1
        }
        #expect(counts.count == 30)
        #expect((counts.values.max() ?? 0) < 20)
    }

    @Test mutating func callsInFlightAreConserved() {
        connect(core.update(endpoints).dials, limit: 7)
        var picks: [BalancerCore<String>.Pick] = []
        for _ in 0..<2000 {
            if Bool.random(using: &random), let pick = pick() {
                picks.append(pick)
            } else if !picks.isEmpty {
                let pick = picks.remove(at: Int.random(in: 0..<picks.count, using: &random))
                core.release(pick.id, duration: .milliseconds(2), failed: Bool.random(using: &random), at: now)
            }
            #expect(core.inFlight == picks.count)
            #expect(core.inFlight <= 21)
        }
    }

    @Test mutating func afterTheShutdownNothingIsDialled() {
        let (dials, _) = core.update([endpoints[0]])
        connect(dials)
        #expect(core.shutDown() == [endpoints[0].host])
        #expect(core.closed(dials[0].id) == nil)
        #expect(core.update(endpoints).dials.isEmpty)
        #expect(pick() == nil)
        #expect(core.isHopeless)
    }
}

/// SplitMix64: the same numbers for the same seed.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        self.state = seed
    }

    mutating func next() -> UInt64 {
        self.state &+= 0x9E37_79B9_7F4A_7C15
        var value = self.state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}

extension BalancerCore<String>.Pick: Equatable {
    static func == (left: Self, right: Self) -> Bool { left.id == right.id }
}
