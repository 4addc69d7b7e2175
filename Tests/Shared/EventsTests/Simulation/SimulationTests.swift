import Testing

@testable import Events

/// The protocol of relay, log and inbox against everything that can go wrong, in many seeded histories.
///
/// A failing seed is printed with the failure.
@Suite struct SimulationTests {
    @Test(arguments: Array(stride(from: UInt64(1), through: 400, by: 100)))
    func nothingIsLostAndNothingComesTwice(firstSeed: UInt64) async throws {
        for seed in firstSeed..<(firstSeed + 100) {
            let simulation = Simulation(seed: seed)
            try await simulation.run(steps: 300, crashes: 40)
            Self.check(simulation, seed)
        }
    }

    @Test func worksWithoutAnyFault() async throws {
        let simulation = Simulation(seed: 7)
        try await simulation.run(steps: 500, crashes: 0)
        Self.check(simulation, 7)
    }

    private static func check(_ simulation: Simulation, _ seed: UInt64) {
        let committed = simulation.outbox.committed.filter { $0.value > 0 }
        let unnumbered = simulation.outbox.pending.count
        #expect(unnumbered == 0, "seed \(seed): numbered all")
        for group in simulation.groups {
            var versions: [String: Int64] = [:]
            for event in group.inbox.applied {
                let before = versions[event.subject] ?? 0
                #expect(event.aggregateVersion == before + 1, "seed \(seed), \(group.name): order of \(event.subject)")
                versions[event.subject] = event.aggregateVersion
            }
            #expect(versions == committed, "seed \(seed), \(group.name): all came")
            let parked = group.inbox.parked.values.flatMap(\.self)
            #expect(parked.isEmpty, "seed \(seed), \(group.name): nothing parked")
        }
    }
}
