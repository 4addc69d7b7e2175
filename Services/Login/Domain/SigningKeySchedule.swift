/// When keys for access tokens come and go. All times are seconds since 1970, all durations seconds.
///
/// A key is published for `lead` before the first token is signed with it, so that every verifier has it by then, and for
/// as long as a token of it may live after the last one. At every moment exactly one key signs.
public struct SigningKeySchedule: Sendable, Hashable {
    /// A key's times.
    public struct Key: Sendable, Hashable {
        /// Its name.
        public var id: String
        /// When it begins to sign.
        public var activeAt: Int64

        /// Creates a key's times.
        public init(id: String, activeAt: Int64) {
            self.id = id
            self.activeAt = activeAt
        }
    }

    /// What is to be done now.
    public struct Plan: Sendable, Hashable {
        /// When the key that has to be made now begins to sign; nil if none has to be made.
        public var newKeyActiveAt: Int64?
        /// Keys that no living token needs.
        public var expired: [String]

        /// Creates a plan.
        public init(newKeyActiveAt: Int64?, expired: [String]) {
            self.newKeyActiveAt = newKeyActiveAt
            self.expired = expired
        }
    }

    /// How long a key signs.
    public var period: Int64
    /// How long before that it is published.
    public var lead: Int64
    /// How long tokens live, and some more for clocks that differ.
    public var tokenLifetime: Int64

    /// Creates a schedule.
    public init(period: Int64 = 30 * 86_400, lead: Int64 = 3_600, tokenLifetime: Int64 = 900 + 300) {
        self.period = period
        self.lead = lead
        self.tokenLifetime = tokenLifetime
    }

    /// The key that signs now: the last one that has begun.
    public func signing(_ keys: [Key], now: Int64) -> Key? {
        keys.filter { $0.activeAt <= now }.max { ($0.activeAt, $0.id) < ($1.activeAt, $1.id) }
    }

    /// What is to be done now.
    public func plan(_ keys: [Key], now: Int64) -> Plan {
        guard let current = self.signing(keys, now: now) else {
            // The first one of all signs at once: nobody waits for it.
            return Plan(newKeyActiveAt: now, expired: [])
        }
        let hasNext = keys.contains { $0.activeAt > now }
        let isNextDue = !hasNext && current.activeAt + self.period - self.lead <= now
        let expired = keys.filter { key in
            guard key.id != current.id, key.activeAt <= now else { return false }
            let successor = keys.filter { ($0.activeAt, $0.id) > (key.activeAt, key.id) }.map(\.activeAt).min() ?? now
            return successor + self.tokenLifetime <= now
        }
        return Plan(newKeyActiveAt: isNextDue ? now + self.lead : nil, expired: expired.map(\.id))
    }
}
