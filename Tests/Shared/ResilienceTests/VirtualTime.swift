import Resilience
import Synchronization

/// Time that moves only when told, and a call environment on it: sleeping moves it.
final class VirtualTime: Sendable {
    private struct State {
        var now: ContinuousClock.Instant
        var random: SeededGenerator
        var sleeps: [Duration] = []
    }

    let start: ContinuousClock.Instant
    private let state: Mutex<State>

    init(seed: UInt64 = 1) {
        self.start = .now
        self.state = Mutex(State(now: self.start, random: SeededGenerator(seed: seed)))
    }

    var now: ContinuousClock.Instant { self.state.withLock { $0.now } }

    /// All sleeps so far.
    var sleeps: [Duration] { self.state.withLock { $0.sleeps } }

    func advance(by duration: Duration) {
        self.state.withLock { $0.now += duration }
    }

    var environment: CallEnvironment {
        CallEnvironment(
            now: { self.now },
            sleep: { duration in
                try Task.checkCancellation()
                self.state.withLock { state in
                    state.now += duration
                    state.sleeps.append(duration)
                }
            },
            random: { self.state.withLock { Double.random(in: 0..<1, using: &$0.random) } }
        )
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
