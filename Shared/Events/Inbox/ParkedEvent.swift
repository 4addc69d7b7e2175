/// An event that waits in the parking place.
public struct ParkedEvent: Hashable, Sendable {
    /// The event.
    public let event: EventEnvelope
    /// How often it was tried since it was parked.
    public let attempts: Int
    /// Why it was parked.
    public let reason: String
    /// Whether only an operator brings it back.
    public let isDead: Bool

    /// Makes a parked event.
    public init(event: EventEnvelope, attempts: Int, reason: String, isDead: Bool) {
        self.event = event
        self.attempts = attempts
        self.reason = reason
        self.isDead = isDead
    }
}
