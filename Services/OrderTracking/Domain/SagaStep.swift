/// What one event did to an order: its new timeline entries, the commands to send and the facts to tell, in this order.
public struct SagaStep: Hashable, Sendable {
    /// One line of the order's timeline.
    public struct Entry: Hashable, Sendable {
        public var status: OrderStatus
        /// More for the customer, such as which product ran out.
        public var detail: String?

        /// Makes an entry.
        public init(_ status: OrderStatus, detail: String? = nil) {
            self.status = status
            self.detail = detail
        }
    }

    public var entries: [Entry] = []
    public var commands: [SagaCommand] = []
    public var facts: [SagaFact] = []
    /// Whether anything about the order changed; `false` for a late or double answer.
    public var isChange = false

    /// Nothing happened.
    public init() {}
}
