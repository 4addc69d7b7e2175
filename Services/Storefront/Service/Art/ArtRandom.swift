/// Numbers that look random and are always the same for the same text: FNV-1a, then SplitMix64.
struct ArtRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(_ text: String) {
        self.state = text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    mutating func next() -> UInt64 {
        self.state &+= 0x9e37_79b9_7f4a_7c15
        var z = self.state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    /// A whole number below a bound.
    mutating func below(_ bound: Int) -> Int { Int(self.next() % UInt64(max(1, bound))) }

    /// One of several.
    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[self.below(elements.count)] }
}
