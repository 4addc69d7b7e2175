/// The stock of one SKU.
package struct StockRow: Sendable, Hashable {
    package var sku: String
    package var received: Int64
    package var available: Int64
    package var held: Int64
    package var committed: Int64

    package init(sku: String, received: Int64, available: Int64, held: Int64, committed: Int64) {
        self.sku = sku
        self.received = received
        self.available = available
        self.held = held
        self.committed = committed
    }
}
