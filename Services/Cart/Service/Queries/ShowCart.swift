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
        let cart = try Self.cart(lines, with: known)
        if let failure = known.failure, cart.lines.isEmpty, !cart.unpriced.isEmpty { throw failure }
        return cart
    }

    /// For showing what a change has made of the cart. The change is done, so it is shown even when no price is known, or the
    /// prices have no sum: as an error it would be taken for not done.
    func pricedAfterChange(_ lines: [CartLine]) async throws -> PricedCart {
        let known = try await self.book.products(lines.map(\.sku))
        do {
            return try Self.cart(lines, with: known)
        } catch {
            return try Self.cart(lines, with: KnownProducts(unknown: known.unknown.union(known.products.keys)))
        }
    }

    private static func cart(_ lines: [CartLine], with known: KnownProducts) throws(CartViolation) -> PricedCart {
        try PricedCart(lines, products: known.products, outdated: known.outdated, unknown: known.unknown, currency: .gbp)
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
