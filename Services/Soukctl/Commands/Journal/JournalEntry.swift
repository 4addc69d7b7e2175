/// An order the shop has acknowledged to a shopper: from then on it must not be lost.
package struct JournalEntry: Sendable, Hashable, Codable {
    /// The replay that placed it.
    package var run: String

    /// The file's invoice, or a part of one.
    package var sale: String
    package var key: String
    package var orderID: String
    package var checkoutID: String?

    /// Minor units.
    package var total: Int64
    package var currency: String
    package var lines: [Line]

    /// So many pieces of one product, as acknowledged.
    package struct Line: Sendable, Hashable, Codable {
        package var sku: String
        package var quantity: Int64
        package var unitPrice: Int64

        package init(sku: String, quantity: Int64, unitPrice: Int64) {
            self.sku = sku
            self.quantity = quantity
            self.unitPrice = unitPrice
        }

        private enum CodingKeys: String, CodingKey {
            case sku, quantity
            case unitPrice = "unit_price"
        }
    }

    private enum CodingKeys: String, CodingKey {
        case run, sale, key, total, currency, lines
        case orderID = "order_id"
        case checkoutID = "checkout_id"
    }

    package init(
        run: String,
        sale: String,
        key: String,
        orderID: String,
        checkoutID: String?,
        total: Int64,
        currency: String,
        lines: [Line]
    ) {
        self.run = run
        self.sale = sale
        self.key = key
        self.orderID = orderID
        self.checkoutID = checkoutID
        self.total = total
        self.currency = currency
        self.lines = lines
    }

    package init(_ order: PlacedOrder, sale: Sale, run: String) {
        self.init(
            run: run,
            sale: sale.id,
            key: order.key,
            orderID: order.id,
            checkoutID: order.checkout,
            total: order.total,
            currency: order.currency,
            lines: order.lines.map { Line(sku: $0.sku, quantity: $0.quantity, unitPrice: $0.unitPrice) }
        )
    }
}
