@testable import Events

/// A process that dies, or an answer that gets lost.
struct SimulatedCrash: Error {}

/// An event's handler that does not like the event.
struct SimulatedPoison: Error {}

/// A seeded source of everything that is left to chance in a simulation (SplitMix64, Steele et al. 2014).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    /// Neighbouring seeds must not give the same numbers a step later, so the seed is mixed.
    init(seed: UInt64) { self.state = (seed ^ (seed << 32)) &* 0xd134_2543_de82_ef95 }

    mutating func next() -> UInt64 {
        self.state &+= 0x9e37_79b9_7f4a_7c15
        var value = self.state
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}

/// Lets things go wrong, and others run in between, at every step of a simulation. Used by one task at a time.
final class Faults: @unchecked Sendable {
    var generator: SeededGenerator
    /// How often a step fails, in thousandths.
    var crashes = 0
    /// How often somebody else runs at a step, in thousandths.
    var interruptions = 0
    /// Who else may run.
    var somebodyElse: (() async -> Void)?
    private(set) var count = 0

    init(seed: UInt64) { self.generator = SeededGenerator(seed: seed) }

    func chance(_ thousandths: Int) -> Bool { Int(self.generator.next() % 1_000) < thousandths }

    func pick(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self.generator) }

    /// A place where a process may die or be overtaken.
    func step() async throws {
        if let somebodyElse, self.chance(self.interruptions) {
            // Only one level deep.
            self.somebodyElse = nil
            await somebodyElse()
            self.somebodyElse = somebodyElse
        }
        if self.chance(self.crashes) {
            self.count += 1
            throw SimulatedCrash()
        }
    }
}
