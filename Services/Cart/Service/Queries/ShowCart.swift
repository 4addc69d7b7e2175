import CartDomain
import Commerce

/// Puts the catalog's names and prices to a cart's lines.
struct ShowCart: Sendable {
    let book: any ProductBook

    /// For showing: prices may be a few seconds old, or the last known ones.
    ///
    /// - Throws: What the catalog's silence is due to, when no price at all is known.
    func priced(_ lines: [CartLine]) async throws -> PricedCart {
        try self.priced(lines, with: await self.book.products(lines.map(\.sku)))
    }

    /// For showing, with products that were read before.
    func priced(_ lines: [CartLine], with known: KnownProducts) throws -> PricedCart {
        let cart = try PricedCart(
            lines, products: known.products, outdated: known.outdated, unknown: known.unknown, currency: .gbp
        )
        if let failure = known.failure, cart.lines.isEmpty, !cart.unpriced.isEmpty { throw failure }
        return cart
    }

    /// For ordering: prices of this moment.
    func pricedNow(_ lines: [CartLine]) async throws -> PricedCart {
        try PricedCart(lines, products: await self.book.currentProducts(lines.map(\.sku)), currency: .gbp)
    }

    /// Whether a product can be put into a cart.
    ///
    /// - Throws: What the catalog's silence is due to, when nothing is known of it.
    func isSold(_ sku: SKU) async throws -> Bool {
        let known = try await self.book.products([sku])
        if let failure = known.failure, known.unknown.contains(sku) { throw failure }
        return known.products[sku] != nil
    }
}
