internal import Foundation
public import Logging
public import Redis
internal import Resilience

/// A cache in Redis of values that are loaded from elsewhere, shared by all instances of a service.
///
/// - A value is fresh for its time to live, with jitter; shortly before the end one caller is drawn to refresh it.
/// - Callers of one process that miss the same key share one load.
/// - Every value carries a version and an older one never replaces a newer one, not even when its load was overtaken:
///   ``invalidate(_:version:)`` leaves a tombstone with the version.
/// - When loading fails, a value that has expired may stand in for a while.
/// - When Redis is slow or away, values are loaded directly; no caller sees an error of the cache.
public final class TTLCache<Value: Sendable>: Sendable {
    /// Loads a value from where it really lives, or says with nil that there is none.
    public typealias Load = @Sendable () async throws -> Versioned<Value>?

    /// How long values are kept.
    public let policy: CachePolicy

    let name: String
    let codec: CacheCodec<Value>
    let store: CacheStore
    let metrics: CacheMetrics
    private let flights = SingleFlight<String, Value?>()
    let environment: CacheEnvironment

    /// Creates a cache.
    ///
    /// - Parameters:
    ///   - name: A prefix of the keys and the label in metrics. Caches of one name share their values.
    ///   - redis: The Redis for values that may vanish at any time.
    ///   - codec: How values become bytes.
    ///   - policy: How long values are kept.
    ///   - logger: Told at debug level when Redis was passed over.
    public convenience init(
        name: String, redis: RedisClient, codec: CacheCodec<Value>, policy: CachePolicy,
        logger: Logger = Logger(label: "cache")
    ) {
        self.init(name: name, redis: redis, codec: codec, policy: policy, logger: logger, environment: .live)
    }

    /// Creates a cache from the usual numbers; see ``CachePolicy`` for what they mean.
    public convenience init(
        name: String, redis: RedisClient, codec: CacheCodec<Value>, ttl: Duration, jitter: Double = 0.1,
        staleFor: Duration = .zero, negativeTTL: Duration = .seconds(5), logger: Logger = Logger(label: "cache")
    ) {
        let policy = CachePolicy(timeToLive: ttl, jitter: jitter, staleFor: staleFor, negativeTimeToLive: negativeTTL)
        self.init(name: name, redis: redis, codec: codec, policy: policy, logger: logger)
    }

    init(
        name: String, redis: RedisClient, codec: CacheCodec<Value>, policy: CachePolicy, logger: Logger,
        environment: CacheEnvironment
    ) {
        self.name = name
        self.codec = codec
        self.policy = policy
        self.environment = environment
        let metrics = CacheMetrics(cache: name)
        self.metrics = metrics
        self.store = CacheStore(name: name, redis: redis, timeout: policy.redisTimeout, metrics: metrics, logger: logger)
    }

    /// The value of a key: from the cache, or loaded and then kept.
    ///
    /// - Parameters:
    ///   - key: The key within this cache.
    ///   - load: Called at most once at a time in this process for a key, in the scope of the caller that came first.
    /// - Returns: The value, or nil when there is none.
    /// - Throws: What `load` threw, when no stale value may stand in; `CancellationError`.
    public func value(for key: String, load: @escaping Load) async throws -> Value? {
        let envelope = try await self.store.read(self.redisKey(key))
        let verdict = envelope?.verdict(
            at: self.environment.now(), beta: self.policy.earlyRefresh, random: 1 - self.environment.random()
        )
        guard let envelope, let verdict, verdict != .unusable, let cached = self.decoded(envelope) else {
            self.metrics.answered(.miss)
            return try await self.load(key, over: envelope, load)
        }
        if verdict == .fresh {
            self.metrics.answered(envelope.kind == .negative ? .negative : .hit)
            return cached
        }
        do {
            let value = try await self.load(key, over: envelope, load)
            self.metrics.answered(verdict == .refreshEarly ? .early : .miss)
            return value
        } catch let cancellation as CancellationError {
            throw cancellation
        } catch {
            self.metrics.answered(.stale)
            return cached
        }
    }

    /// Keeps a value that was just written where it really lives, unless the cache has a newer one.
    public func store(_ value: Value, version: Int64, for key: String) async {
        guard let bytes = try? self.codec.encode(value) else { return }
        await self.write(self.envelope(bytes, version: version, cost: 0), for: key)
    }

    /// Makes everything older than a version void: the next reader loads.
    public func invalidate(_ key: String, version: Int64) async {
        let now = self.environment.now()
        await self.write(.tombstone(version: version, policy: self.policy, at: now), for: key)
    }

    // MARK: - Loading

    private func load(_ key: String, over old: CacheEnvelope?, _ load: @escaping Load) async throws -> Value? {
        try await self.flights.run(key) {
            let start = ContinuousClock.now
            let loaded = try await load()
            let cost = start.duration(to: .now).inMilliseconds
            self.metrics.loaded(milliseconds: cost)
            await self.keep(loaded, cost: cost, for: key, over: old)
            return loaded?.value
        }
    }

    func keep(_ loaded: Versioned<Value>?, cost: Int64, for key: String, over old: CacheEnvelope?) async {
        if let loaded {
            guard let bytes = try? self.codec.encode(loaded.value) else { return }
            await self.write(self.envelope(bytes, version: loaded.version, cost: cost), for: key)
        } else if self.policy.negativeTimeToLive > .zero {
            // A tombstone stays: it says that there will be something.
            let version = old?.kind == .tombstone ? 0 : old?.version ?? 0
            let random = self.environment.random()
            let now = self.environment.now()
            await self.write(.negative(version: version, policy: self.policy, at: now, random: random), for: key)
        }
    }

    private func envelope(_ bytes: [UInt8], version: Int64, cost: Int64) -> CacheEnvelope {
        .value(
            bytes, version: version, cost: cost, policy: self.policy, at: self.environment.now(),
            random: self.environment.random()
        )
    }

    private func write(_ envelope: CacheEnvelope, for key: String) async {
        // A writer that is cancelled has nothing to tell: the value's life is the backstop.
        try? await self.store.write(envelope, for: self.redisKey(key), at: self.environment.now())
    }

    func decoded(_ envelope: CacheEnvelope) -> Value?? {
        if envelope.kind == .negative { return .some(nil) }
        guard let value = try? self.codec.decode(envelope.value) else { return nil }
        return .some(value)
    }

    func redisKey(_ key: String) -> String { "cache:\(self.name):\(key)" }
}
