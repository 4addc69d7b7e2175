public import Logging
public import Redis
internal import Resilience

/// A number that cached values have in their keys: a new edition makes all of them void at once.
///
/// For values that nobody could name one by one, such as the pages of lists and searches on which a product stands. The old
/// ones are found by nobody and live to the end of their time.
public struct CacheEdition: Sendable {
    private static let attempts = 3
    private static let patience = Backoff(base: .milliseconds(50), maximum: .milliseconds(200))

    private let key: String
    private let store: CacheStore
    private let environment: CacheEnvironment

    /// Creates an edition; those of one name are the same number.
    ///
    /// - Parameters:
    ///   - name: Part of the key, and with `-edition` the label in metrics: the values have a breaker of their own.
    ///   - redis: The Redis for values that may vanish at any time.
    ///   - timeout: How long Redis is waited for.
    ///   - logger: Told at debug level when Redis was passed over.
    public init(name: String, redis: RedisClient, timeout: Duration = .milliseconds(50), logger: Logger = Logger(label: "cache")) {
        self.init(name: name, redis: redis, timeout: timeout, logger: logger, environment: .live)
    }

    init(name: String, redis: RedisClient, timeout: Duration, logger: Logger, environment: CacheEnvironment) {
        let label = "\(name)-edition"
        self.key = "edition:\(name)"
        self.store = CacheStore(name: label, redis: redis, timeout: timeout, metrics: CacheMetrics(cache: label), logger: logger)
        self.environment = environment
    }

    /// The edition of now.
    ///
    /// - Returns: The number; nil when Redis does not say, and then nothing that is kept can be trusted.
    /// - Throws: `CancellationError`.
    public func current() async throws(CancellationError) -> Int64? {
        try await self.store.edition(self.key, first: self.first)
    }

    /// Begins a new edition, after the commit of a change.
    ///
    /// Cancellation does not stop it, since the change is done. It is tried three times, with random pauses of at most 50 and
    /// 100 ms; a Redis that does not hear of it keeps the old values to the end of their time.
    public func begin() async {
        let work = Task {
            await CallScope.detached {
                var pauses = BackoffCore(Self.patience)
                for attempt in 1...Self.attempts {
                    if let begun = try? await self.store.nextEdition(self.key, first: self.first), begun > 0 { return }
                    if attempt < Self.attempts { try? await Task.sleep(for: pauses.next(random: .random(in: 0..<1))) }
                }
            }
        }
        await work.value
    }

    /// Milliseconds since 1970: where clocks agree, more than any number that Redis has forgotten, as there are fewer changes.
    private var first: Int64 { self.environment.now() }
}
