import Commerce

/// A cart, as cart shows it.
struct Cart: Decodable, Sendable, Hashable {
    struct Item: Decodable, Sendable, Hashable {
        var sku: String
        var name: String
        var quantity: Int
        var unitPrice: Money
        var lineTotal: Money

        private enum CodingKeys: String, CodingKey {
            case sku, name, quantity
            case unitPrice = "unit_price"
            case lineTotal = "line_total"
        }
    }

    var items: [Item]
    var total: Money
    /// All that lies in the cart. An instance of cart that is older than this storefront does not say it.
    var pieces: Int?
    /// In the cart, but no longer sold.
    var unavailable: [String]?
    /// In the cart, but without a price at the moment.
    var unpriced: [String]?
    /// `current`, `last_known` or `incomplete`.
    var prices: String?

    static let empty = Cart(items: [], total: .zero(.gbp))

    /// How many pieces there are, for the number beside the cart.
    var count: Int { self.pieces ?? self.pricedCount }

    /// How many of them make up the total.
    var pricedCount: Int { self.items.reduce(0) { $0 + $1.quantity } }

    /// Whether an order may come of it now.
    var canBeOrdered: Bool {
        !self.items.isEmpty && (self.unavailable ?? []).isEmpty && (self.unpriced ?? []).isEmpty
    }
}
