import Commerce
import FoundationEssentials

/// An order, as order-tracking shows it.
struct Order: Decodable, Sendable, Hashable {
    struct Entry: Decodable, Sendable, Hashable {
        var status: String
        var at: Date
        var detail: String?
    }

    struct Shipment: Decodable, Sendable, Hashable {
        var carrier: String
        var trackingNumber: String

        private enum CodingKeys: String, CodingKey {
            case carrier
            case trackingNumber = "tracking_number"
        }
    }

    struct Refund: Decodable, Sendable, Hashable {
        var amount: Money
        var reason: String
        var status: String
    }

    var id: String
    /// Whose order it is; nil from a service that does not say so yet.
    var accountID: String?
    var status: String
    var cancelReason: String?
    var items: [Cart.Item]
    var total: Money
    var captured: Money
    var refunded: Money
    var paymentMethod: String
    var shippingAddress: Address
    var timeline: [Entry]
    var shipments: [Shipment]
    var refunds: [Refund]
    var createdAt: Date

    /// Whether the carrier has it and has not delivered it: order-tracking's own rule. Only what was shipped is refunded, and a
    /// refund goes on being the status when the parcel arrives, so the timeline tells whether it has.
    var isOnItsWay: Bool {
        ["shipped", "partially_refunded", "refunded"].contains(self.status) && !self.timeline.contains { $0.status == "delivered" }
    }

    private enum CodingKeys: String, CodingKey {
        case id, status, items, total, captured, refunded, timeline, shipments, refunds
        case accountID = "account_id"
        case cancelReason = "cancel_reason"
        case paymentMethod = "payment_method"
        case shippingAddress = "shipping_address"
        case createdAt = "created_at"
    }
}
