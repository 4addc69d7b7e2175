/// Leave to make one call. Give it back with ``CircuitBreaker/finish(_:outcome:duration:at:)``, whatever the end.
public struct BreakerPermit: Sendable, Hashable {
    /// The period between two state changes in which the permit was given. Outcomes of an earlier period do not count.
    let period: UInt64
    /// The slice of time in which the call began.
    let startSlice: Int64
}
