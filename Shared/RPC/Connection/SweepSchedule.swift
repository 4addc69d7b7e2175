internal import NIOCore

/// One timer for the deadlines of all calls on a connection: at the earliest of them all are looked at.
///
/// A timer for each call would cost more than most calls' other work. The timer fires at most once per `floor`.
struct SweepSchedule {
    private let floor: TimeAmount
    private(set) var next: NIODeadline?

    init(floor: TimeAmount = .milliseconds(5)) {
        self.floor = floor
    }

    /// Notes a new deadline.
    /// - Returns: When to sweep, if an earlier sweep than the one under way is needed.
    mutating func add(_ deadline: NIODeadline, now: NIODeadline) -> NIODeadline? {
        let wanted = max(deadline, now + self.floor)
        if let next, next <= wanted { return nil }
        self.next = wanted
        return wanted
    }

    /// The sweep at `due` begins.
    /// - Returns: Whether it is the one wanted; an earlier one may have taken its place.
    mutating func begin(_ due: NIODeadline) -> Bool {
        guard self.next == due else { return false }
        self.next = nil
        return true
    }
}
