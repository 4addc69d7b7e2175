public import Commerce

/// A cart's lines at the catalog's prices.
public struct PricedCart: Hashable, Sendable {
    /// One line with its price.
    public struct Line: Hashable, Sendable {
        public var product: ProductInfo
        public var quantity: Quantity
        public var total: Money
    }

    public let lines: [Line]
    public let total: Money
    /// How many pieces lie in the cart, whatever the catalog knows of them.
    public let pieces: Int
    /// What lies in the cart and the catalog does not know.
    public let unavailable: [SKU]
    /// What lies in the cart and has no price here, because the catalog does not answer or the prices have no sum.
    /// Not in the total.
    public let unpriced: [SKU]
    /// How far the prices can be trusted.
    public let freshness: PriceFreshness

    /// Prices lines.
    ///
    /// - Parameters:
    ///   - lines: What lies in the cart.
    ///   - products: The products by SKU; lines without one are listed as unavailable.
    ///   - outdated: The products whose price is the last known.
    ///   - unknown: The products that nothing is known of at the moment: listed as unpriced instead.
    ///   - currency: The shop's currency: that of an empty cart's total.
    /// - Throws: ``CartViolation/totalTooLarge`` when the exact total does not exist.
    public init(
        _ lines: [CartLine], products: [SKU: ProductInfo], outdated: Set<SKU> = [], unknown: Set<SKU> = [],
        currency: Currency
    ) throws(CartViolation) {
        do {
            let known = lines.compactMap { line in products[line.sku].map { (line, $0) } }
            let priced = try known.map { line, product in
                Line(product: product, quantity: line.quantity, total: try product.price.multiplied(by: line.quantity))
            }
            self.lines = priced
            self.total = try Money.sum(priced.map(\.total), in: currency)
        } catch {
            throw .totalTooLarge
        }
        self.pieces = lines.reduce(0) { $0 + $1.quantity.value }
        let missing = lines.map(\.sku).filter { products[$0] == nil }
        self.unavailable = missing.filter { !unknown.contains($0) }
        self.unpriced = missing.filter { unknown.contains($0) }
        let isOutdated = self.lines.contains { outdated.contains($0.product.sku) }
        self.freshness = !self.unpriced.isEmpty ? .incomplete : isOutdated ? .lastKnown : .current
    }
}
