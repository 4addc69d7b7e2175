/// What becomes of a login session when one of its refresh tokens is shown.
///
/// A token is good for one use: each use gives the next one. A token that is shown a second time was copied, by a thief or
/// from one; which of the two is at the door cannot be known, so the whole session ends (RFC 9700, 4.14.2).
public enum RefreshDecision: Sendable, Hashable {
    /// The token is used up and the next one is given.
    case rotate
    /// It was used by this very request a moment ago: the answer is given again.
    case answerAgain
    /// It was used before: the session ends.
    case endSession
    /// It is no longer good: its time or its session is over.
    case refuse

    /// Decides.
    ///
    /// - Parameters:
    ///   - isUsed: Whether the token was used before.
    ///   - isRepeated: Whether that was the same request, known by its Idempotency-Key, a short while ago.
    ///   - isSessionOver: Whether its session has ended.
    ///   - expiresAt: When the token ends, in seconds since 1970.
    ///   - now: Seconds since 1970.
    public static func decide(
        isUsed: Bool, isRepeated: Bool = false, isSessionOver: Bool, expiresAt: Int64, now: Int64
    ) -> RefreshDecision {
        if isSessionOver { return .refuse }
        if isUsed { return isRepeated ? .answerAgain : .endSession }
        return expiresAt > now ? .rotate : .refuse
    }
}
