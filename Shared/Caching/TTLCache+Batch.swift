extension TTLCache {
    /// Loads several values at once. Keys without a value are left out of the answer.
    public typealias BatchLoad = @Sendable (_ keys: [String]) async throws -> [String: Versioned<Value>]

    /// The values of several keys, with one command to the cache and at most one load for all that it lacks.
    ///
    /// Unlike ``value(for:load:)`` it does not share loads between callers, and does not throw when loading fails: the
    /// answer says what is stale and what is unknown, so that the caller can make do with the rest.
    ///
    /// - Parameters:
    ///   - keys: The keys, each once.
    ///   - load: Called at most once, with the keys that are missing, expired or drawn to be refreshed early.
    /// - Throws: `CancellationError` only.
    public func values(for keys: [String], load: BatchLoad) async throws -> CachedValues<Value> {
        guard !keys.isEmpty else { return CachedValues() }
        let envelopes = try await self.store.read(keys.map(self.redisKey))
        var result = CachedValues<Value>()
        var wanted: [String: CacheEnvelope?] = [:]
        for (key, envelope) in zip(keys, envelopes) {
            self.sort(key, envelope, into: &result, or: &wanted)
        }
        guard !wanted.isEmpty else { return result }
        do {
            let start = ContinuousClock.now
            let loaded = try await load(Array(wanted.keys))
            let cost = start.duration(to: .now).inMilliseconds
            self.metrics.loaded(milliseconds: cost)
            for key in wanted.keys { result.values[key] = loaded[key]?.value }
            await withDiscardingTaskGroup { group in
                for (key, old) in wanted {
                    group.addTask { await self.keep(loaded[key], cost: cost, for: key, over: old) }
                }
            }
        } catch let cancellation as CancellationError {
            throw cancellation
        } catch {
            self.makeDo(wanted, error, &result)
        }
        return result
    }

    private func sort(
        _ key: String, _ envelope: CacheEnvelope?, into result: inout CachedValues<Value>,
        or wanted: inout [String: CacheEnvelope?]
    ) {
        let verdict = envelope?.verdict(
            at: self.environment.now(), beta: self.policy.earlyRefresh, random: 1 - self.environment.random()
        )
        guard let envelope, verdict == .fresh, let value = self.decoded(envelope) else {
            self.metrics.answered(verdict == .refreshEarly ? .early : .miss)
            wanted[key] = .some(envelope)
            return
        }
        self.metrics.answered(envelope.kind == .negative ? .negative : .hit)
        result.values[key] = value
    }

    /// Loading failed: old values stand in.
    private func makeDo(
        _ wanted: [String: CacheEnvelope?], _ error: any Error, _ result: inout CachedValues<Value>
    ) {
        result.failure = error
        let now = self.environment.now()
        for (key, envelope) in wanted {
            guard let envelope, envelope.verdict(at: now, beta: 0, random: 1) != .unusable,
                let value = self.decoded(envelope)
            else {
                result.unknown.insert(key)
                continue
            }
            self.metrics.answered(.stale)
            result.values[key] = value
            if now >= envelope.softExpiry { result.stale.insert(key) }
        }
    }
}
