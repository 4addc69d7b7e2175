/// The prices the shop shows now. Shoppers who need the same new price at the same time cause one change.
package actor PriceBoard {
    private let change: @Sendable (_ sku: String, _ price: Int64) async throws -> Void
    private var shown: [String: Int64]
    private var running: [String: Task<Void, any Error>] = [:]

    /// - Parameters:
    ///   - shown: The prices at the start, by SKU.
    ///   - change: Changes one price in the shop.
    package init(shown: [String: Int64], change: @escaping @Sendable (String, Int64) async throws -> Void) {
        self.shown = shown
        self.change = change
    }

    /// Returns when the shop shows these prices. ``SaleSchedule`` sees to it that nobody needs others meanwhile.
    package func show(_ lines: [SaleLine]) async throws {
        for line in lines { try await self.show(line.unitPrice, of: line.sku) }
    }

    private func show(_ price: Int64, of sku: String) async throws {
        while let task = self.running[sku] { _ = await task.result }
        guard self.shown[sku] != price else { return }
        let task = Task { [change] in try await change(sku, price) }
        self.running[sku] = task
        let result = await task.result
        self.running[sku] = nil
        try result.get()
        self.shown[sku] = price
    }
}
