import CartDomain
import Commerce

/// Puts the catalog's names and prices to a cart's lines.
struct ShowCart: Sendable {
    let book: any ProductBook

    /// For showing: prices may be a few seconds old.
    func priced(_ lines: [CartLine]) async throws -> PricedCart {
        try PricedCart(lines, products: await self.book.products(lines.map(\.sku)), currency: .gbp)
    }

    /// For ordering: prices of this moment.
    func pricedNow(_ lines: [CartLine]) async throws -> PricedCart {
        try PricedCart(lines, products: await self.book.currentProducts(lines.map(\.sku)), currency: .gbp)
    }

    /// The product that somebody wants to put into a cart, or `nil` when it is not sold.
    func product(_ sku: SKU) async throws -> ProductInfo? {
        try await self.book.products([sku])[sku]
    }
}
