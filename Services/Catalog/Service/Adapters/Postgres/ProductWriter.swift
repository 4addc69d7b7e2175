internal import CatalogDomain
internal import Commerce
internal import Postgres

/// The statements by which the staff's changes are made, within one transaction.
struct ProductWriter {
    let transaction: PostgresTransaction

    /// Locks a product and its stock, and reads them; nil when there is none.
    func lock(_ sku: SKU) async throws -> Product? {
        try await self.transaction.query(
            """
            select \(unescaped: Product.columns) from products p join stock s using (sku)
            where p.sku = \(sku.rawValue) for update
            """
        ).first.map(Product.init)
    }

    /// Writes a new product.
    ///
    /// - Returns: Whether the code was free.
    func insert(_ sku: SKU, _ details: ProductDetails) async throws -> Bool {
        let count = try await self.transaction.execute(
            """
            insert into products (sku, name, description, price_minor, currency, image_url)
            values (\(sku.rawValue), \(details.name), \(details.description), \(details.price.amount),
              \(details.price.currency.code), \(details.imageURL))
            on conflict (sku) do nothing
            """
        )
        return count == 1
    }

    /// Writes the stock of a new product, with the transaction's next round trip.
    func insertStock(_ sku: SKU, available: Int64) {
        self.transaction.enqueue("insert into stock (sku, available) values (\(sku.rawValue), \(available))")
    }

    /// Replaces the details of a locked product, with the transaction's next round trip.
    func update(_ sku: SKU, _ details: ProductDetails) {
        self.transaction.enqueue(
            """
            update products set name = \(details.name), description = \(details.description),
              price_minor = \(details.price.amount), currency = \(details.price.currency.code),
              image_url = \(details.imageURL), version = version + 1, updated_at = now()
            where sku = \(sku.rawValue)
            """
        )
        self.transaction.enqueue("update stock set revision = revision + 1 where sku = \(sku.rawValue)")
    }

    /// Adds to the stock of a locked product, with the transaction's next round trip.
    func add(_ delta: StockDelta, to sku: SKU) {
        self.transaction.enqueue(
            """
            update stock set available = available + \(delta.value), revision = revision + 1 where sku = \(sku.rawValue)
            """
        )
    }

    /// Notes a delivery or a loss, with the transaction's next round trip.
    func note(_ delta: StockDelta, of sku: SKU, reason: ReceiptReason, by account: String) {
        self.transaction.enqueue(
            """
            insert into stock_receipts (sku, delta, reason, account_id)
            values (\(sku.rawValue), \(delta.value), \(reason.rawValue), \(account))
            """
        )
    }
}

/// Why pieces came in or were lost.
enum ReceiptReason: String {
    case opening
    case restock
}
