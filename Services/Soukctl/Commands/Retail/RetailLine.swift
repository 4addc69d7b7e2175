/// One line of an "Online Retail" file: so many pieces of one product on one invoice.
package struct RetailLine: Sendable, Hashable {
    /// The line of the file, counted from 1.
    package var line: Int
    package var invoice: String
    /// The stock code as a SKU: upper case, because the data set writes `85123a` and `85123A` for one product.
    package var sku: String
    package var description: String
    /// Negative on credit notes.
    package var quantity: Int64
    package var time: RetailTime
    /// Pence for one piece.
    package var price: Int64
    /// `nil` when the shop did not note who bought.
    package var customer: String?
    package var country: String

    package init(
        line: Int,
        invoice: String,
        sku: String,
        description: String,
        quantity: Int64,
        time: RetailTime,
        price: Int64,
        customer: String?,
        country: String
    ) {
        self.line = line
        self.invoice = invoice
        self.sku = sku
        self.description = description
        self.quantity = quantity
        self.time = time
        self.price = price
        self.customer = customer
        self.country = country
    }

    /// Pence for the whole line.
    package var total: Int64 { self.price * self.quantity }

    /// The invoice numbers of credit notes begin with C.
    package var isCreditNote: Bool { self.invoice.hasPrefix("C") || self.invoice.hasPrefix("c") }
}
