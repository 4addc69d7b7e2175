public import Wire

// What catalog says: products, and its replies to order-tracking.

extension Souk_Events_V1_ProductChanged: EventMessage {
    public static let eventType = "souk.product.changed.v1"
}

extension Souk_Events_V1_StockReserved: EventMessage {
    public static let eventType = "souk.stock.reserved.v1"
}

extension Souk_Events_V1_StockRejected: EventMessage {
    public static let eventType = "souk.stock.rejected.v1"
}

extension Souk_Events_V1_StockCommitted: EventMessage {
    public static let eventType = "souk.stock.committed.v1"
}

extension Souk_Events_V1_StockReleased: EventMessage {
    public static let eventType = "souk.stock.released.v1"
}
