import Commerce
import OrderTrackingDomain

/// Which orders are listed.
struct OrderFilter: Hashable, Sendable {
    /// Whose; nil for everybody's.
    var account: AccountID?
    /// In which status; nil for any.
    var status: OrderStatus?
    /// Only those that are stuck: a service has not answered in time, and its command had to be sent again.
    var isStuck = false
}
