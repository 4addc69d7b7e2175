/// The moment at which an answer stops being useful to the one who asked.
///
/// A deadline is absolute and monotonic, so it can be handed down through any number of calls: what is left shrinks by itself.
public struct Deadline: Sendable, Hashable, Comparable {
    /// The moment itself.
    public let instant: ContinuousClock.Instant

    /// A deadline at the given instant.
    public init(_ instant: ContinuousClock.Instant) {
        self.instant = instant
    }

    /// A deadline that many seconds from now.
    public static func after(_ duration: Duration) -> Deadline {
        Deadline(.now.advanced(by: duration))
    }

    /// The time left now; negative when the deadline has passed.
    public var remaining: Duration {
        self.remaining(at: .now)
    }

    /// Whether the deadline has passed now.
    public var isExpired: Bool {
        self.isExpired(at: .now)
    }

    /// The time left at `now`; negative when the deadline has passed.
    public func remaining(at now: ContinuousClock.Instant) -> Duration {
        now.duration(to: self.instant)
    }

    /// Whether the deadline has passed at `now`.
    public func isExpired(at now: ContinuousClock.Instant) -> Bool {
        self.instant <= now
    }

    /// The earlier of the two.
    public func earlier(_ other: Deadline) -> Deadline {
        min(self, other)
    }

    public static func < (left: Deadline, right: Deadline) -> Bool {
        left.instant < right.instant
    }
}
