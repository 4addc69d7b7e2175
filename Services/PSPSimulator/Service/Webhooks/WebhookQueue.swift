/// Decides what is sent when: order, doubles, retries. Pure, so the faults are the same in every run.
package struct WebhookQueue: Sendable {
    package struct Delivery: Sendable, Hashable {
        package let event: WebhookEvent
        package let attempt: Int
    }

    /// Tries before an event is given up: with the back-off below about eight hours.
    package static let maximumAttempts = 20
    /// Events that wait; the oldest is dropped beyond this, since a client can always ask for the state.
    private static let capacity = 100_000

    private let faults: WebhookFaults
    private var due: [Delivery] = []
    private var later: [(at: Duration, delivery: Delivery)] = []
    private var heldBack: WebhookEvent?
    private var accepted = 0

    package init(faults: WebhookFaults) { self.faults = faults }

    package var isEmpty: Bool { self.due.isEmpty && self.later.isEmpty && self.heldBack == nil }

    /// Takes an event into the queue.
    package mutating func accept(_ event: WebhookEvent) {
        self.accepted += 1
        if self.faults.reorders, self.accepted.isMultiple(of: 4), self.heldBack == nil {
            self.heldBack = event
            return
        }
        self.push(Delivery(event: event, attempt: 1))
        if self.faults.duplicates, self.accepted.isMultiple(of: 3) { self.push(Delivery(event: event, attempt: 1)) }
        self.release()
    }

    /// Lets go of the event that is held back, if there is one.
    package mutating func release() {
        guard let held = self.heldBack else { return }
        self.heldBack = nil
        self.push(Delivery(event: held, attempt: 1))
    }

    /// The next delivery to make at a time, if one is due.
    package mutating func next(at now: Duration) -> Delivery? {
        if let index = self.later.firstIndex(where: { $0.at <= now }) { return self.later.remove(at: index).delivery }
        return self.due.isEmpty ? nil : self.due.removeFirst()
    }

    /// A delivery was not accepted by the client: it is tried again after 1 s, 2 s, 4 s … at most an hour.
    package mutating func failed(_ delivery: Delivery, at now: Duration) {
        guard delivery.attempt < Self.maximumAttempts else { return }
        let delay = Duration.seconds(min(1 << (delivery.attempt - 1), 3600))
        self.later.append((now + delay, Delivery(event: delivery.event, attempt: delivery.attempt + 1)))
    }

    private mutating func push(_ delivery: Delivery) {
        if self.due.count >= Self.capacity { self.due.removeFirst() }
        self.due.append(delivery)
    }
}
