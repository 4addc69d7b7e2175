import Commerce
import Foundation

/// Money on its way back.
struct Refund: Hashable, Sendable {
    /// How far it has come.
    enum State: String, Sendable {
        case requested
        case refunded
        case failed
    }

    var id: RefundID
    var amount: Money
    var reason: String
    var state: State
    var createdAt: Date
}
