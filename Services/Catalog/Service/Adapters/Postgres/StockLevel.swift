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

    init(row: PostgresRow) throws {
        let (sku, available, revision, name, price, currency) =
            try row.decode((String, Int64, Int64, String, Int64, String).self)
        self.sku = try SKU(sku)
        self.available = available
        self.revision = revision
        self.name = name
        self.price = Money(amount: price, currency: try Currency(currency))
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
