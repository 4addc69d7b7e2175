internal import CatalogDomain
internal import Commerce
internal import Events
internal import Postgres

/// What the staff does to the catalogue. Each change and the event that tells of it are written in one transaction.
struct StaffChanges: Sendable {
    let outbox: Outbox

    /// Puts a new product into the catalogue.
    ///
    /// - Throws: ``ChangeRefusal/skuTaken``.
    func create(
        _ sku: SKU, _ details: ProductDetails, stock: StockDelta?, by account: String, in transaction: PostgresTransaction
    ) async throws -> Product {
        let writer = ProductWriter(transaction: transaction)
        guard try await writer.insert(sku, details) else {
            throw ChangeRefusal.skuTaken
        }
        writer.insertStock(sku, available: stock?.value ?? 0)
        if let stock { writer.note(stock, of: sku, reason: .opening, by: account) }
        let product = Product(sku: sku, details: details, available: stock?.value ?? 0, version: 1, revision: 1)
        self.outbox.append([try CatalogEvents.changed(product)], in: transaction)
        return product
    }

    /// Replaces a product's details.
    ///
    /// - Parameter seen: What the change is based on.
    /// - Throws: ``ChangeRefusal``: unknown product, or the details have changed since.
    func change(
        _ sku: SKU, to details: ProductDetails, seen: SeenVersion, in transaction: PostgresTransaction
    ) async throws -> Product {
        let writer = ProductWriter(transaction: transaction)
        guard let old = try await writer.lock(sku) else { throw ChangeRefusal.unknownProduct }
        guard seen.holds(for: old.version) else { throw ChangeRefusal.detailsChanged }
        // Doing it again is no change: no new version, no event.
        guard details != old.details else { return old }
        writer.update(sku, details)
        let product = Product(
            sku: sku, details: details, available: old.available, version: old.version + 1, revision: old.revision + 1
        )
        self.outbox.append([try CatalogEvents.changed(product)], in: transaction)
        return product
    }

    /// Adds a delivery to a product's stock, or takes a loss out of it.
    ///
    /// - Throws: ``ChangeRefusal``: unknown product, fewer pieces than were lost, or no room for more.
    func restock(
        _ sku: SKU, _ delta: StockDelta, by account: String, in transaction: PostgresTransaction
    ) async throws -> Product {
        let writer = ProductWriter(transaction: transaction)
        guard let old = try await writer.lock(sku) else { throw ChangeRefusal.unknownProduct }
        let available = old.available + delta.value
        guard available >= 0 else { throw ChangeRefusal.insufficientStock(available: old.available) }
        guard available <= StockDelta.maximumStock else { throw ChangeRefusal.stockLimit }
        writer.add(delta, to: sku)
        writer.note(delta, of: sku, reason: .restock, by: account)
        let product = Product(
            sku: sku, details: old.details, available: available, version: old.version, revision: old.revision + 1
        )
        self.outbox.append([try CatalogEvents.changed(product)], in: transaction)
        return product
    }
}
