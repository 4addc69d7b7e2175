/// An order the shop has acknowledged, as the shopper saw it.
package struct PlacedOrder: Sendable, Hashable {
    package var id: String
    package var checkout: String?
    package var key: String
    package var lines: [SaleLine]
    /// Pence.
    package var total: Int64
    package var currency: String

    package init(id: String, checkout: String?, key: String, lines: [SaleLine], total: Int64, currency: String) {
        self.id = id
        self.checkout = checkout
        self.key = key
        self.lines = lines
        self.total = total
        self.currency = currency
    }

    init(_ order: ShopMessages.Order, key: String) {
        let lines = order.items.map { SaleLine(sku: $0.sku, quantity: $0.quantity, unitPrice: $0.unitPrice.amount) }
        self.init(
            id: order.id,
            checkout: order.checkoutId,
            key: key,
            lines: lines.sorted { $0.sku < $1.sku },
            total: order.total.amount,
            currency: order.total.currency
        )
    }

    /// What differs from the sale it was placed for; empty when it is right.
    package func differences(from sale: Sale) -> [String] {
        var differences: [String] = []
        if self.total != sale.total || self.currency != "GBP" {
            differences.append("total \(Pence.text(self.total)) \(self.currency), file \(Pence.text(sale.total)) GBP")
        }
        let ordered = Dictionary(self.lines.map { ($0.sku, $0) }, uniquingKeysWith: { first, _ in first })
        let wanted = sale.lines
        for line in wanted where ordered[line.sku] != line {
            let seen = ordered[line.sku].map { "\($0.quantity) × \(Pence.text($0.unitPrice))" } ?? "nothing"
            differences.append("\(line.sku): ordered \(seen), file \(line.quantity) × \(Pence.text(line.unitPrice))")
        }
        let known = Set(wanted.map(\.sku))
        differences += self.lines.filter { !known.contains($0.sku) }.map { "\($0.sku): not in the file" }
        return differences
    }
}
