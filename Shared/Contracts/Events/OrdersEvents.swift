public import Wire

// What order-tracking says: facts about orders, and its commands to catalog and payments.

extension Souk_Events_V1_OrderPlaced: EventMessage {
    public static let eventType = "souk.order.placed.v1"
}

extension Souk_Events_V1_OrderConfirmed: EventMessage {
    public static let eventType = "souk.order.confirmed.v1"
}

extension Souk_Events_V1_OrderCancelled: EventMessage {
    public static let eventType = "souk.order.cancelled.v1"
}

extension Souk_Events_V1_OrderShipped: EventMessage {
    public static let eventType = "souk.order.shipped.v1"
}

extension Souk_Events_V1_OrderDelivered: EventMessage {
    public static let eventType = "souk.order.delivered.v1"
}

extension Souk_Events_V1_OrderRefunded: EventMessage {
    public static let eventType = "souk.order.refunded.v1"
}

extension Souk_Events_V1_ReserveStock: EventMessage {
    public static let eventType = "souk.stock.reserve.v1"
}

extension Souk_Events_V1_CommitStock: EventMessage {
    public static let eventType = "souk.stock.commit.v1"
}

extension Souk_Events_V1_ReleaseStock: EventMessage {
    public static let eventType = "souk.stock.release.v1"
}

extension Souk_Events_V1_AuthorizePayment: EventMessage {
    public static let eventType = "souk.payment.authorize.v1"
}

extension Souk_Events_V1_CapturePayment: EventMessage {
    public static let eventType = "souk.payment.capture.v1"
}

extension Souk_Events_V1_VoidPayment: EventMessage {
    public static let eventType = "souk.payment.void.v1"
}

extension Souk_Events_V1_RefundPayment: EventMessage {
    public static let eventType = "souk.payment.refund.v1"
}
