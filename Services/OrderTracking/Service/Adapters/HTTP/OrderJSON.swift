import Commerce
import Foundation
import OrderTrackingDomain

/// An order as the API shows it.
struct OrderJSON: Encodable {
    struct Item: Encodable {
        var sku: SKU
        var name: String
        var quantity: Quantity
        var unit_price: Money
        var line_total: Money
    }

    struct Entry: Encodable {
        var status: String
        var at: Date
        var detail: String?
    }

    struct Parcel: Encodable {
        var id: ShipmentID
        var carrier: String
        var tracking_number: String
        var created_at: Date
    }

    struct Return: Encodable {
        var id: RefundID
        var amount: Money
        var reason: String
        var status: String
        var created_at: Date
    }

    var id: OrderID
    var account_id: AccountID
    var status: String
    var cancel_reason: String?
    var items: [Item]
    var total: Money
    var captured: Money
    var refunded: Money
    var payment_method: PaymentMethodID
    var shipping_address: ShippingAddress
    var timeline: [Entry]
    var shipments: [Parcel]
    var refunds: [Return]
    var created_at: Date

    init(_ view: OrderView) throws {
        let (order, saga) = (view.order, view.order.saga)
        self.id = order.id
        self.account_id = order.accountID
        self.status = saga.status.rawValue
        self.cancel_reason = saga.cancelReason?.rawValue
        self.items = try view.lines.map { line in
            Item(sku: line.sku, name: line.name, quantity: line.quantity, unit_price: line.unitPrice, line_total: try line.total())
        }
        self.total = saga.total
        self.captured = saga.captured
        self.refunded = saga.refunded
        self.payment_method = order.paymentMethodID
        self.shipping_address = order.address
        self.timeline = view.timeline.map { Entry(status: $0.status.rawValue, at: $0.at, detail: $0.detail) }
        self.shipments = view.shipment.map { [Parcel($0)] } ?? []
        self.refunds = view.refunds.map(Return.init)
        self.created_at = order.createdAt
    }
}

extension OrderJSON.Parcel {
    init(_ shipment: Shipment) {
        self.init(
            id: shipment.id, carrier: shipment.carrier, tracking_number: shipment.trackingNumber, created_at: shipment.createdAt
        )
    }
}

extension OrderJSON.Return {
    init(_ refund: Refund) {
        self.init(
            id: refund.id, amount: refund.amount, reason: refund.reason, status: refund.state.rawValue, created_at: refund.createdAt
        )
    }
}
