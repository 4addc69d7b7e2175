/// How far a group has applied a partition, as its locked row says.
struct InboxCursor: Hashable, Sendable {
    /// The last event applied.
    var position: LogPosition
    /// How many events of the partition are parked.
    var parked: Int

    /// What to do with an event.
    enum Admission: Hashable, Sendable {
        /// The next one.
        case apply
        /// Applied before.
        case skip
        /// Events before it are missing.
        case gap
    }

    /// Whether an event is the next one.
    ///
    /// When the producer's database lost its newest commits, it numbers on in a new epoch from where it stands. A reader that
    /// had seen the lost ones is past that point, and goes on with the new epoch.
    func admits(_ event: EventEnvelope) -> Admission {
        if event.position <= self.position { return .skip }
        if event.previous == self.position { return .apply }
        return event.epoch > self.position.epoch && self.position > event.previous ? .apply : .gap
    }
}
