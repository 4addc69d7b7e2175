/// A policy of our own refused a call, so nothing was sent.
public struct ResilienceRejection: Error, Sendable, Hashable {
    /// The policy that refused.
    public enum Policy: String, Sendable, Hashable, CaseIterable {
        /// The caller's time was over before the attempt began.
        case deadline
        /// Too many retries in the last seconds. Suppresses the retry: the caller sees the error of the attempt before it.
        case budget
        /// The target has failed or been slow too often.
        case breaker
        /// Too many calls at once.
        case bulkhead
    }

    /// The policy that refused.
    public let policy: Policy

    /// The name of what was to be called.
    public let target: String

    /// When trying again makes sense, if that is known.
    public let retryAfter: Duration?

    /// A refusal of `policy` for calls to `target`.
    public init(policy: Policy, target: String, retryAfter: Duration? = nil) {
        self.policy = policy
        self.target = target
        self.retryAfter = retryAfter
    }
}

extension ResilienceRejection: CustomStringConvertible {
    public var description: String {
        "call to \(self.target) refused by its \(self.policy.rawValue) policy"
    }
}
