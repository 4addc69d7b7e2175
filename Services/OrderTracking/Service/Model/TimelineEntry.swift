import Foundation
import OrderTrackingDomain

/// One line of an order's timeline, numbered from 1.
struct TimelineEntry: Hashable, Sendable {
    var number: Int
    var status: OrderStatus
    var detail: String?
    var at: Date
}
