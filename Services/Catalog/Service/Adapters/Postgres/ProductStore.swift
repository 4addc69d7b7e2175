internal import CatalogDomain
internal import Commerce
internal import Postgres

/// Reads of products that decide nothing.
struct ProductStore: Sendable {
    let postgres: PostgresClient

    /// One product, or nil.
    func product(_ sku: SKU) async throws -> Product? {
        try await self.products([sku]).first
    }

    /// The products with these codes, in no particular order; unknown codes are left out.
    func products(_ skus: [SKU]) async throws -> [Product] {
        let rows = try await self.postgres.query(
            """
            select \(unescaped: Product.columns) from products p join stock s using (sku)
            where p.sku = any(\(skus.map(\.rawValue)))
            """
        )
        return try rows.map(Product.init)
    }

    /// Products in the order of their codes.
    ///
    /// - Parameter last: The code behind which to begin; nil for the first page.
    func list(after last: String?, limit: Int) async throws -> [Product] {
        let rows = try await self.postgres.query(
            """
            select \(unescaped: Product.columns) from products p join stock s using (sku)
            where p.sku > \(last ?? "") order by p.sku limit \(limit)
            """
        )
        return try rows.map(Product.init)
    }

    /// Products that match, the best first.
    ///
    /// - Parameter last: The place of the product behind which to begin; nil for the first page.
    func search(_ query: SearchQuery, after last: SearchPlace?, limit: Int) async throws -> [(Product, SearchPlace)] {
        let rows = try await self.postgres.query(
            """
            with found as (
              select p.sku, ts_rank(p.search, q)::float8 as rank
              from products p, to_tsquery('english', \(query.tsquery)) q where p.search @@ q)
            select \(unescaped: Product.columns), f.rank
            from found f join products p using (sku) join stock s using (sku)
            where f.rank < \(last?.rank ?? .infinity) or f.rank = \(last?.rank ?? .infinity) and f.sku > \(last?.sku ?? "")
            order by f.rank desc, f.sku limit \(limit)
            """
        )
        return try rows.map { row in
            let product = try Product(row: row)
            return (product, SearchPlace(rank: try row["rank", as: Double.self], sku: product.sku.rawValue))
        }
    }
}
