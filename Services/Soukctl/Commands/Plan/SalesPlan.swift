/// What a file asks of the shop: products, customers, and sales in the file's order.
package struct SalesPlan: Sendable {
    package private(set) var sales: [Sale] = []
    package private(set) var products: [PlannedProduct] = []

    /// Customers in the order of their first purchase.
    package private(set) var customers: [String] = []

    package init(_ file: RetailFile) {
        var salesOfInvoice: [String: [Int]] = [:]
        var productIndex: [String: Int] = [:]
        var known: Set<String> = []
        for line in file.sold {
            let customer = line.customer ?? "walk-in-\(line.invoice)"
            if known.insert(customer).inserted { self.customers.append(customer) }
            self.addToSale(line, of: customer, &salesOfInvoice)
            self.addToProducts(line, &productIndex)
        }
    }

    /// What the plan comes to, in pence.
    package var total: Int64 { self.sales.reduce(0) { $0 + $1.total } }

    private mutating func addToSale(_ line: RetailLine, of customer: String, _ salesOfInvoice: inout [String: [Int]]) {
        let addition = SaleLine(sku: line.sku, quantity: line.quantity, unitPrice: line.price)
        let parts = salesOfInvoice[line.invoice, default: []]
        if let part = parts.first(where: { self.sales[$0].customer == customer && self.sales[$0].accepts(addition) }) {
            self.sales[part].additions.append(addition)
            return
        }
        salesOfInvoice[line.invoice, default: []].append(self.sales.count)
        let id = parts.isEmpty ? line.invoice : "\(line.invoice)-\(parts.count + 1)"
        let sale = Sale(id: id, customer: customer, country: line.country, time: line.time, additions: [addition])
        self.sales.append(sale)
    }

    private mutating func addToProducts(_ line: RetailLine, _ index: inout [String: Int]) {
        if let known = index[line.sku] {
            self.products[known].stock += line.quantity
            if self.products[known].name == line.sku, !line.description.isEmpty {
                self.products[known].name = line.description
            }
            return
        }
        index[line.sku] = self.products.count
        let name = line.description.isEmpty ? line.sku : line.description
        self.products.append(PlannedProduct(sku: line.sku, name: name, price: line.price, stock: line.quantity))
    }
}
