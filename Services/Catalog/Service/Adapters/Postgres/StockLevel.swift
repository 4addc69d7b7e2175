internal import CatalogDomain
internal import Commerce
internal import Postgres

/// A locked row of stock, with what an event about the product says.
struct StockLevel: Sendable {
    let sku: SKU
    let available: Int64
    let revision: Int64
    let name: String
    let price: Money

    /// The columns of ``init(row:)``, of `stock s` joined with `products p`.
    static let columns = "s.sku, s.available, s.revision, p.name, p.price_minor, p.currency"

    /// Reads a row that has ``columns`` and may have more.
    init(row: PostgresRow) throws {
        self.sku = try SKU(row["sku", as: String.self])
        self.available = try row["available", as: Int64.self]
        self.revision = try row["revision", as: Int64.self]
        self.name = try row["name", as: String.self]
        self.price = Money(
            amount: try row["price_minor", as: Int64.self],
            currency: try Currency(row["currency", as: String.self])
        )
    }

    private init(_ old: StockLevel, available: Int64) {
        self.sku = old.sku
        self.available = available
        self.revision = old.revision + 1
        self.name = old.name
        self.price = old.price
    }

    /// The row after pieces were taken (below 0) or given back (above 0).
    func moved(by delta: Int64) -> StockLevel {
        StockLevel(self, available: self.available + delta)
    }
}
