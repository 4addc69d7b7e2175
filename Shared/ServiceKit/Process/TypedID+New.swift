public import Commerce
import FoundationEssentials

extension TypedID {
    /// A new identifier, from the clock and the randomness of the machine.
    public static func new() -> TypedID {
        var generator = SystemRandomNumberGenerator()
        let milliseconds = UInt64(max(0, Date().timeIntervalSince1970 * 1_000))
        return .make(millisecondsSinceEpoch: milliseconds, using: &generator)
    }
}
