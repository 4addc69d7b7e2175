/// A delivery (above 0) or a loss (below 0) of pieces, as the staff reports it.
public struct StockDelta: Hashable, Sendable {
    /// Pieces; never 0.
    public let value: Int64

    /// The most pieces of one delivery or loss.
    public static let maximum: Int64 = 1_000_000
    /// The most pieces that a product may have.
    public static let maximumStock: Int64 = 1_000_000_000

    /// Checks what came from outside.
    ///
    /// - Throws: ``CatalogViolations`` for 0 and beyond ``maximum`` in either direction.
    public init(_ value: Int64) throws(CatalogViolations) {
        guard value != 0, (-Self.maximum...Self.maximum).contains(value) else {
            throw CatalogViolations([CatalogViolation("delta", "must be a whole number from -1000000 to 1000000, not 0")])
        }
        self.value = value
    }

    /// Checks the stock with which a product begins.
    ///
    /// - Returns: nil for none.
    /// - Throws: ``CatalogViolations`` below 0 and beyond ``maximum``.
    public static func opening(_ value: Int64) throws(CatalogViolations) -> StockDelta? {
        guard (0...Self.maximum).contains(value) else {
            throw CatalogViolations([CatalogViolation("stock", "must be a whole number from 0 to 1000000")])
        }
        return value == 0 ? nil : try StockDelta(value)
    }
}
