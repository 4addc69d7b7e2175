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
    /// What lies in the cart and the catalog does not know.
    public let unavailable: [SKU]

    /// Prices lines.
    ///
    /// - Parameters:
    ///   - lines: What lies in the cart.
    ///   - products: The catalog's products by SKU; the missing ones are listed as unavailable.
    ///   - currency: The shop's currency: that of an empty cart's total.
    /// - Throws: ``CartViolation/totalTooLarge`` when the exact total does not exist.
    public init(_ lines: [CartLine], products: [SKU: ProductInfo], currency: Currency) throws(CartViolation) {
        do {
            let known = lines.compactMap { line in products[line.sku].map { (line, $0) } }
            let priced = try known.map { line, product in
                Line(product: product, quantity: line.quantity, total: try product.price.multiplied(by: line.quantity))
            }
            self.lines = priced
            self.total = try Money.sum(priced.map(\.total), in: currency)
            self.unavailable = lines.map(\.sku).filter { products[$0] == nil }
        } catch {
            throw .totalTooLarge
        }
    }
}
