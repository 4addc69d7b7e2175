internal import Logging
internal import Redis
internal import Resilience
internal import ResilienceMetrics

/// The cache's view of Redis: a few commands behind a breaker. A failure is a nil or a shrug, never an error.
struct CacheStore: Sendable {
    /// Writes an envelope unless a newer one stands there. A tombstone also yields to one of its own version.
    private static let storeIfNewer = RedisScript(
        """
        local old = redis.call('GETRANGE', KEYS[1], 2, 20)
        if #old == 19 and (old > ARGV[1] or (ARGV[4] == '1' and old == ARGV[1])) then return 0 end
        redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
        return 1
        """
    )

    private let redis: RedisClient
    private let policy: CallPolicy
    private let metrics: CacheMetrics
    private let logger: Logger

    init(name: String, redis: RedisClient, timeout: Duration, metrics: CacheMetrics, logger: Logger) {
        self.redis = redis
        self.metrics = metrics
        self.logger = logger
        let target = "redis-cache:\(name)"
        let observer = BreakerMetrics(target: target, logger: logger)
        self.policy = CallPolicy(target: target, timeout: timeout, breaker: CircuitBreaker(target: target, observer: observer))
    }

    /// Reads an envelope; nil when there is none that can be read.
    func read(_ key: String) async throws(CancellationError) -> CacheEnvelope? {
        guard let bytes = try await self.guarded({ try await $0.get(key) }) else { return nil }
        return bytes.flatMap { CacheEnvelope(bytes: $0) }
    }

    /// Reads several envelopes at once; nil for each that cannot be read.
    func read(_ keys: [String]) async throws(CancellationError) -> [CacheEnvelope?] {
        let found = try await self.guarded { try await $0.get(keys) } ?? []
        guard found.count == keys.count else { return Array(repeating: nil, count: keys.count) }
        return found.map { bytes in bytes.flatMap { CacheEnvelope(bytes: $0) } }
    }

    /// Writes an envelope unless what stands there is newer.
    func write(_ envelope: CacheEnvelope, for key: String, at now: Int64) async throws(CancellationError) {
        let arguments: [RedisArgument] = [
            RedisArgument(envelope.versionText), RedisArgument(envelope.bytes), RedisArgument(envelope.lifetime(at: now)),
            envelope.kind == .tombstone ? "1" : "0",
        ]
        let reply = try await self.guarded { redis in
            try await redis.eval(Self.storeIfNewer, keys: [key], arguments: arguments)
        }
        if reply == .integer(0) { self.metrics.storeWasOutdated() }
    }

    func guarded<Value: Sendable>(
        _ operation: (RedisClient) async throws -> Value
    ) async throws(CancellationError) -> Value? {
        do {
            return try await call(self.policy, isSafeToRetry: false, classify: Self.outcome) { _ in
                try await operation(self.redis)
            }
        } catch let cancellation as CancellationError {
            throw cancellation
        } catch {
            self.metrics.failed()
            self.logger.debug("Cache passed over", metadata: ["reason": "\(String(reflecting: error))"])
            return nil
        }
    }

    private static func outcome(of error: any Error) -> CallOutcome {
        guard let error = error as? RedisError else { return .ignored }
        // A refused command says that Redis is there and that we are wrong; all else says that it is not.
        return error.code == .server && !error.isRetriable ? .ignored : .failure
    }
}
