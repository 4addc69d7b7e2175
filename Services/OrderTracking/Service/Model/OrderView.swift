import Foundation

/// An order with all that its page shows.
struct OrderView: Sendable {
    var order: Order
    var lines: [OrderLine]
    var timeline: [TimelineEntry]
    var shipment: Shipment?
    var refunds: [Refund]
}
