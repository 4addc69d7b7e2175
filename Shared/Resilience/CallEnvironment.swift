/// Where a call takes time and chance from. Tests put virtual ones in their place.
public struct CallEnvironment: Sendable {
    /// The present moment.
    public var now: @Sendable () -> ContinuousClock.Instant

    /// Suspends for a duration; throws `CancellationError` when the task is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void

    /// A number in `0..<1`, uniformly distributed.
    public var random: @Sendable () -> Double

    /// An environment of the given parts.
    public init(
        now: @escaping @Sendable () -> ContinuousClock.Instant,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        random: @escaping @Sendable () -> Double
    ) {
        self.now = now
        self.sleep = sleep
        self.random = random
    }

    /// The real clock and the system's random numbers.
    public static let live = CallEnvironment(
        now: { .now },
        sleep: { try await Task.sleep(for: $0) },
        random: { Double.random(in: 0..<1) }
    )
}
