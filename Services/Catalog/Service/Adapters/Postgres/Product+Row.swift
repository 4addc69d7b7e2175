internal import CatalogDomain
internal import Commerce
internal import Postgres

extension Product {
    /// The columns of ``init(row:)``, of `products p` joined with `stock s`.
    static let columns = """
        p.sku, p.name, p.description, p.price_minor, p.currency, p.image_url, s.available, p.version, s.revision
        """

    /// Reads a row that has ``columns`` and may have more.
    init(row: PostgresRow) throws {
        self.init(
            sku: try SKU(row["sku", as: String.self]),
            details: try ProductDetails(
                name: row["name", as: String.self],
                description: row["description", as: String.self],
                price: Money(amount: row["price_minor", as: Int64.self], currency: Currency(row["currency", as: String.self])),
                imageURL: row["image_url", as: String?.self]
            ),
            available: try row["available", as: Int64.self],
            version: try row["version", as: Int64.self],
            revision: try row["revision", as: Int64.self]
        )
    }
}
