import Synchronization

/// Random 64-bit ids without a system call for each: SplitMix64 over a counter that starts at a random place.
enum TraceIDs {
    private static let counter = Atomic<UInt64>(UInt64.random(in: .min ... .max))

    static func next() -> UInt64 {
        let step: UInt64 = 0x9e37_79b9_7f4a_7c15
        var value = self.counter.wrappingAdd(step, ordering: .relaxed).newValue
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        value ^= value >> 31
        return value == 0 ? 1 : value  // Zero is the one id that means "none".
    }
}
