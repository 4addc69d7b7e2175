/// Says once in every period that its time has come. Who asks late is told once, not for every period missed.
struct PeriodicTimer: Sendable {
    private let period: Duration
    private var next: ContinuousClock.Instant

    init(every period: Duration, firstAt next: ContinuousClock.Instant) {
        self.period = period
        self.next = next
    }

    mutating func isDue(at now: ContinuousClock.Instant) -> Bool {
        guard now >= self.next else { return false }
        self.next = now.advanced(by: self.period)
        return true
    }

    /// How long until the time comes; not negative.
    func remaining(at now: ContinuousClock.Instant) -> Duration { max(.zero, now.duration(to: self.next)) }

    /// Lets the time come now.
    mutating func hurry(at now: ContinuousClock.Instant) { self.next = min(self.next, now) }
}
