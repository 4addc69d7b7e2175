extension BalancerCore {
    /// Scores that differ by less than this factor count as equal, so that calls spread over equals.
    private static var tolerance: Double { 1.5 }
    /// Up to so many endpoints all are looked at, beyond that two at random: with few, best-of-two would still send some
    /// traffic to the worst.
    private static var scanLimit: Int { 8 }

    /// Chooses a connection and counts the call in; pair it with ``release(_:duration:failed:at:)``.
    /// - Parameter excluded: Endpoints that have just refused this call; used only if there is no other.
    mutating func pick(
        excluding excluded: Set<Endpoint>,
        at now: ContinuousClock.Instant,
        using random: inout some RandomNumberGenerator
    ) -> Pick? {
        var load: [Endpoint: Int] = [:]
        for slot in self.slots.values where slot.hasRoom {
            load[slot.endpoint, default: 0] += 0
        }
        guard !load.isEmpty else { return nil }
        for slot in self.slots.values where load[slot.endpoint] != nil {
            load[slot.endpoint, default: 0] += slot.inFlight
        }
        let fresh = excluded.isEmpty ? load : load.filter { !excluded.contains($0.key) }
        var candidates = fresh.isEmpty ? load : fresh
        if candidates.count > Self.scanLimit {
            candidates = self.twoOf(candidates, using: &random)
        }
        let scored = candidates.map { ($0.key, self.score($0.key, inFlight: $0.value, at: now)) }
        let best = scored.reduce(Double.infinity) { min($0, $1.1) }
        let tied = scored.filter { $0.1 <= best * Self.tolerance }
        guard let endpoint = tied.randomElement(using: &random)?.0 else { return nil }
        return self.pick(in: endpoint)
    }

    /// What every endpoint carries now.
    func loads(at now: ContinuousClock.Instant) -> [EndpointLoad] {
        self.endpoints.map { endpoint, state in
            let slots = self.slots.values.filter { $0.endpoint == endpoint }
            let inFlight = slots.reduce(0) { $0 + $1.inFlight }
            return EndpointLoad(
                endpoint: endpoint,
                readyConnections: slots.count { $0.isReady },
                inFlight: inFlight,
                score: state.cost.score(inFlight: inFlight, at: now)
            )
        }
    }

    /// A call has ended.
    /// - Parameter failed: Whether the endpoint failed; `nil` where the end says nothing about it (the caller left, or the call
    ///   crossed a goodbye). Without this a cancelled call would make an endpoint look fast.
    mutating func release(_ id: UInt64, duration: Duration, failed: Bool?, at now: ContinuousClock.Instant) {
        guard let slot = self.slots[id] else { return }
        self.slots[id]?.inFlight = slot.inFlight - 1
        guard let failed else { return }
        self.endpoints[slot.endpoint]?.cost.record(duration, failed: failed, at: now)
        if !failed {
            self.endpoints[slot.endpoint]?.failures = 0
        }
    }

    private func score(_ endpoint: Endpoint, inFlight: Int, at now: ContinuousClock.Instant) -> Double {
        self.endpoints[endpoint]?.cost.score(inFlight: inFlight, at: now) ?? .infinity
    }

    private func twoOf(_ load: [Endpoint: Int], using random: inout some RandomNumberGenerator) -> [Endpoint: Int] {
        let keys = Array(load.keys)
        let first = Int.random(in: 0..<keys.count, using: &random)
        var second = Int.random(in: 0..<keys.count - 1, using: &random)
        if second >= first {
            second += 1
        }
        return load.filter { $0.key == keys[first] || $0.key == keys[second] }
    }

    private mutating func pick(in endpoint: Endpoint) -> Pick? {
        var best: (id: UInt64, slot: Slot)?
        for (id, slot) in self.slots where slot.endpoint == endpoint && slot.hasRoom {
            if slot.inFlight < best?.slot.inFlight ?? .max {
                best = (id, slot)
            }
        }
        guard let best, let connection = best.slot.connection else { return nil }
        self.slots[best.id]?.inFlight += 1
        return Pick(id: best.id, endpoint: endpoint, connection: connection)
    }
}
