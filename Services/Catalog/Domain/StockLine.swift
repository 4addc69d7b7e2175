public import Commerce

/// Pieces of one product that an order wants.
public struct StockLine: Hashable, Sendable {
    /// Which product.
    public let sku: SKU
    /// How many pieces; above 0.
    public let quantity: Int64

    /// Makes a line.
    public init(sku: SKU, quantity: Int64) {
        self.sku = sku
        self.quantity = quantity
    }

    /// One line for each product, in the order in which stock is locked: the same everywhere, so that two orders for the
    /// same products never wait for each other.
    public static func merged(_ lines: [StockLine]) -> [StockLine] {
        Dictionary(lines.map { ($0.sku, $0.quantity) }, uniquingKeysWith: +)
            .map { StockLine(sku: $0.key, quantity: $0.value) }
            .sorted { $0.sku < $1.sku }
    }
}
