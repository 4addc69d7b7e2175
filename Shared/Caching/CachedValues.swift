/// What a cache knew about several keys, or could load.
public struct CachedValues<Value: Sendable>: Sendable {
    /// The values by key.
    public var values: [String: Value] = [:]
    /// The keys whose value has expired and stands in, because loading failed.
    public var stale: Set<String> = []
    /// The keys of which nothing is known, because loading failed. All other keys without a value have none.
    public var unknown: Set<String> = []
    /// Why loading failed, if it did.
    public var failure: (any Error)?
}
