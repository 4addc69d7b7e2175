internal import CatalogDomain
internal import ServiceKit

/// Lists and searches products, a page at a time.
struct ProductList: Sendable {
    let store: ProductStore

    /// All products in the order of their codes.
    ///
    /// - Throws: A `Problem` 422 when the cursor is one of a search.
    func all(_ page: PageRequest) async throws -> Page<ProductBody> {
        if let cursor = page.cursor, cursor.values.count != 1 { throw Self.foreignCursor }
        let products = try await self.store.list(after: page.cursor?.values[0], limit: page.limit + 1)
        let bodies = products.map { ProductBody(ProductView($0)) }
        return Page(reading: bodies, limit: page.limit) { Cursor($0.sku) }
    }

    /// The products that match a text, the best first.
    ///
    /// - Throws: A `Problem` 422 when the cursor is none of a search.
    func search(_ text: String, _ page: PageRequest) async throws -> Page<ProductBody> {
        // A text without a single letter or digit matches nothing.
        guard let query = SearchQuery(text) else { return Page(items: [], nextCursor: nil) }
        let place = page.cursor.map(SearchPlace.init)
        if case .some(.none) = place { throw Self.foreignCursor }
        let found = try await self.store.search(query, after: place ?? nil, limit: page.limit + 1)
        let items = found.prefix(page.limit).map { ProductBody(ProductView($0.0)) }
        let next = found.count > page.limit ? found[page.limit - 1].1.cursor.text : nil
        return Page(items: Array(items), nextCursor: next)
    }

    private static let foreignCursor = Problem.invalid("?cursor", "must be the next_cursor of an earlier page of the same list")
}
