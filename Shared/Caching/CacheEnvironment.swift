internal import Foundation

/// Where a cache gets time and chance from.
struct CacheEnvironment: Sendable {
    /// Milliseconds since 1970.
    let now: @Sendable () -> Int64
    /// Uniform in 0..<1.
    let random: @Sendable () -> Double

    static let live = CacheEnvironment(
        now: { Int64(Date().timeIntervalSince1970 * 1_000) },
        random: { Double.random(in: 0..<1) }
    )
}
