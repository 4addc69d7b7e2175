extension CacheEnvelope {
    /// Wraps a value that was loaded or written now.
    ///
    /// - Parameters:
    ///   - now: Milliseconds since 1970.
    ///   - random: Uniform in 0..<1: draws the life within the jitter.
    static func value(
        _ bytes: [UInt8], version: Int64, cost: Int64, policy: CachePolicy, at now: Int64, random: Double
    ) -> CacheEnvelope {
        let life = Self.jittered(policy.timeToLive, by: policy.jitter, random: random)
        let soft = now + life
        return CacheEnvelope(
            kind: .value, version: version, softExpiry: soft, hardExpiry: soft + policy.staleFor.inMilliseconds,
            cost: cost, value: bytes
        )
    }

    /// Remembers that there is nothing. The version is that of the envelope it replaces, so that it may replace it.
    static func negative(version: Int64, policy: CachePolicy, at now: Int64, random: Double) -> CacheEnvelope {
        let end = now + Self.jittered(policy.negativeTimeToLive, by: policy.jitter, random: random)
        return CacheEnvelope(kind: .negative, version: version, softExpiry: end, hardExpiry: end, cost: 0, value: [])
    }

    /// Forbids everything older than a version for a while.
    static func tombstone(version: Int64, policy: CachePolicy, at now: Int64) -> CacheEnvelope {
        let end = now + policy.tombstoneTimeToLive.inMilliseconds
        return CacheEnvelope(kind: .tombstone, version: version, softExpiry: end, hardExpiry: end, cost: 0, value: [])
    }

    private static func jittered(_ duration: Duration, by share: Double, random: Double) -> Int64 {
        Int64(Double(duration.inMilliseconds) * (1 + share * (2 * random - 1)))
    }
}

extension Duration {
    /// Whole milliseconds, rounded down.
    var inMilliseconds: Int64 {
        let (seconds, attoseconds) = self.components
        return seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    }
}
