/// What an order's status promises, for the auditor. Its own reading of the contract, no code of the services.
package enum OrderPhase: Sendable, Hashable {
    /// The saga is at work: this must not last.
    case moving
    /// Paid for and waiting to be sent: stock is held, money is authorized. May last.
    case confirmed
    /// Sent: stock is gone, money is captured.
    case sent
    /// Nothing is held and nothing is owed.
    case cancelled

    package init(status: String) {
        switch status {
        case "confirmed": self = .confirmed
        case "shipped", "delivered", "partially_refunded", "refunded": self = .sent
        case "cancelled": self = .cancelled
        default: self = .moving
        }
    }
}
