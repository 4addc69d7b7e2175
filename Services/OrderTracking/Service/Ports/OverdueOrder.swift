/// An order with unanswered commands that are due to be looked at.
struct OverdueOrder: Sendable {
    var order: Order
    /// Whether the step's own deadline has passed.
    var isTimedOut: Bool
}
