/// One order to place: an invoice of the file, or a part of one that sells a product at two prices.
package struct Sale: Sendable, Hashable {
    /// The invoice number; later parts have a suffix, `536365-2`.
    package var id: String

    /// The key of the customer: the file's number, or a walk-in of this invoice.
    package var customer: String
    package var country: String
    package var time: RetailTime

    /// What the shopper puts into the cart, line by line as in the file. A SKU may come more than once.
    package var additions: [SaleLine]

    package init(id: String, customer: String, country: String, time: RetailTime, additions: [SaleLine]) {
        self.id = id
        self.customer = customer
        self.country = country
        self.time = time
        self.additions = additions
    }

    /// What the order must hold: repeated codes add up. Sorted by SKU.
    package var lines: [SaleLine] {
        var bySKU: [String: SaleLine] = [:]
        for line in self.additions {
            bySKU[line.sku, default: SaleLine(sku: line.sku, quantity: 0, unitPrice: line.unitPrice)].quantity += line.quantity
        }
        return bySKU.values.sorted { $0.sku < $1.sku }
    }

    package var total: Int64 { self.additions.reduce(0) { $0 + $1.total } }

    /// Whether a line fits: a cart has one price for a SKU.
    package func accepts(_ line: SaleLine) -> Bool {
        self.additions.allSatisfy { $0.sku != line.sku || $0.unitPrice == line.unitPrice }
    }
}
