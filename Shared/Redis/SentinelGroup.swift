/// The Sentinels that watch a primary and its replicas, and say at any time which of them is the primary.
public struct SentinelGroup: Sendable, Hashable {
    /// Where the Sentinels are. One that answers is enough.
    public var sentinels: [RedisAddress]
    /// The name under which they watch the primary: `mymaster` in most examples.
    public var primary: String

    /// A group of Sentinels.
    public init(sentinels: [RedisAddress], primary: String) {
        self.sentinels = sentinels
        self.primary = primary
    }

    /// The Sentinels in the order in which they are asked, another one first each time: one that is dead, or that was cut off and
    /// names a server which is no primary any more, holds up one attempt and not all of them.
    func order(attempt: Int) -> [RedisAddress] {
        guard !self.sentinels.isEmpty else { return [] }
        let first = attempt % self.sentinels.count
        return Array(self.sentinels[first...] + self.sentinels[..<first])
    }
}
