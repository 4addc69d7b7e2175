public import Commerce

/// What an order wanted of one product, and what there was.
public struct StockShortage: Hashable, Sendable, Codable {
    /// Which product.
    public let sku: SKU
    /// Pieces wanted.
    public let wanted: Int64
    /// Pieces there were; 0 also for a product that does not exist.
    public let available: Int64

    /// Makes a shortage.
    public init(sku: SKU, wanted: Int64, available: Int64) {
        self.sku = sku
        self.wanted = wanted
        self.available = available
    }

    /// What is missing for an order; empty when it can be reserved whole.
    ///
    /// - Parameters:
    ///   - lines: What is wanted, one line for each product.
    ///   - stock: What there is. A product that is not in it does not exist.
    public static func among(_ lines: [StockLine], stock: [SKU: Int64]) -> [StockShortage] {
        lines.compactMap { line in
            let available = stock[line.sku] ?? 0
            guard available < line.quantity else { return nil }
            return StockShortage(sku: line.sku, wanted: line.quantity, available: available)
        }
    }
}
