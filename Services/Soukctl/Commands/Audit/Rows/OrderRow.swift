/// An order and its lines, as the orders' database has them.
package struct OrderRow: Sendable, Hashable {
    package var id: String
    package var checkout: String
    package var status: String
    package var total: Int64
    package var currency: String
    /// Seconds since its last change.
    package var age: Int64
    package var lines: [Line]

    package struct Line: Sendable, Hashable {
        package var sku: String
        package var quantity: Int64
        package var unitPrice: Int64

        package init(sku: String, quantity: Int64, unitPrice: Int64) {
            self.sku = sku
            self.quantity = quantity
            self.unitPrice = unitPrice
        }
    }

    package init(
        id: String,
        checkout: String,
        status: String,
        total: Int64,
        currency: String = "GBP",
        age: Int64 = 0,
        lines: [Line]
    ) {
        self.id = id
        self.checkout = checkout
        self.status = status
        self.total = total
        self.currency = currency
        self.age = age
        self.lines = lines
    }

    /// What the status means for stock and money.
    package var phase: OrderPhase { OrderPhase(status: self.status) }
}
