import Contracts

/// Where payments speaks and what it hears.
enum PaymentsTopics {
    static let own = Topic.payments.rawValue
    static let commands = Topic.orders.rawValue
}
