/// When a relay looks for events, and when it does what it does not do in every round.
struct RelaySchedule: Sendable {
    private var lease: PeriodicTimer
    private var maintenance: PeriodicTimer
    private var expiry: PeriodicTimer
    private var hurry: PeriodicTimer
    private var seenWrites = 0
    private let spacing: Duration
    /// No look begins before this time, which may be past.
    private(set) var nextLook: ContinuousClock.Instant

    init(_ configuration: OutboxRelay.Configuration, now: ContinuousClock.Instant) {
        self.lease = PeriodicTimer(every: configuration.leaseDuration / 3, firstAt: now)
        self.maintenance = PeriodicTimer(every: configuration.maintenanceInterval, firstAt: now)
        self.hurry = PeriodicTimer(every: .milliseconds(200), firstAt: now)
        self.expiry = PeriodicTimer(
            every: configuration.expiryInterval, firstAt: now.advanced(by: configuration.expiryInterval / 10)
        )
        self.spacing = configuration.minimumSpacing
        self.nextLook = now
    }

    /// Notes a look. One that found events keeps the next one waiting, from its own beginning; one that found nothing does not.
    mutating func looked(at begin: ContinuousClock.Instant, found count: Int) {
        if count > 0 { self.nextLook = begin.advanced(by: self.spacing) }
    }

    mutating func isLeaseDue(at now: ContinuousClock.Instant) -> Bool { self.lease.isDue(at: now) }
    mutating func isMaintenanceDue(at now: ContinuousClock.Instant) -> Bool { self.maintenance.isDue(at: now) }
    mutating func isExpiryDue(at now: ContinuousClock.Instant) -> Bool { self.expiry.isDue(at: now) }

    /// Looks after the leases in the next round, unless that was done a moment ago.
    mutating func hurryLease(at now: ContinuousClock.Instant) {
        if self.hurry.isDue(at: now) { self.lease.hurry(at: now) }
    }

    /// Whether this process wrote since the last time this was asked.
    mutating func hasWrites(_ count: Int) -> Bool {
        defer { self.seenWrites = count }
        return count != self.seenWrites
    }
}
