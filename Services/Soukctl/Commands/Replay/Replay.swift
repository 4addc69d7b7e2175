/// Sells a file through the shop's public HTTP API.
package struct Replay: Sendable {
    package struct Configuration: Sendable {
        package var pacing: Pacing = .max
        /// Sales at the same time.
        package var shoppers = 8
        /// The bound for one request with its retries, and for one order to become final.
        package var patience: Duration = .seconds(120)
        /// Names this replay in every Idempotency-Key.
        package var run: String

        package init(run: String) {
            self.run = run
        }
    }

    private let plan: SalesPlan
    private let configuration: Configuration
    private let client: ShopClient
    private let staff: StaffDesk
    private let accounts: CustomerAccounts
    private let record: @Sendable (JournalEntry) throws -> Void
    private let progress: Progress

    /// - Parameters:
    ///   - staff: A session with the scope `staff`.
    ///   - record: Keeps an acknowledged order before anything else is done.
    package init(
        _ plan: SalesPlan,
        configuration: Configuration,
        client: ShopClient,
        staff: Session,
        passwords: CustomerPasswords,
        record: @escaping @Sendable (JournalEntry) throws -> Void,
        progress: Progress
    ) {
        self.plan = plan
        self.configuration = configuration
        self.client = client
        self.staff = StaffDesk(session: staff, run: configuration.run)
        self.accounts = CustomerAccounts(client: client, passwords: passwords, run: configuration.run)
        self.record = record
        self.progress = progress
    }

    /// Prepares the shop and sells.
    ///
    /// - Returns: One result for each sale, in the file's order.
    /// - Throws: When the shop cannot be prepared. A sale that goes wrong is a result, and the next one goes on.
    package func run() async throws -> [SaleResult] {
        let shoppers = self.configuration.shoppers
        self.progress.begin("products", of: self.plan.products.count)
        try await concurrently(self.plan.products, width: shoppers) { product in
            try await self.staff.prepare(product)
            self.progress.advance()
        }
        self.progress.begin("customers", of: self.plan.customers.count)
        let opened = try await concurrently(self.plan.customers, width: shoppers) { customer in
            let account = try await self.accounts.open(customer)
            self.progress.advance()
            return account
        }
        self.progress.begin("sales", of: self.plan.sales.count)
        return try await self.sell(Dictionary(uniqueKeysWithValues: zip(self.plan.customers, opened)))
    }

    private func sell(_ accounts: [String: CustomerAccount]) async throws -> [SaleResult] {
        let desk = SaleDesk(self.plan.sales)
        let shown = Dictionary(self.plan.products.map { ($0.sku, $0.price) }, uniquingKeysWith: { first, _ in first })
        let board = PriceBoard(shown: shown) { try await self.staff.show(price: $1, of: $0) }
        let start = ContinuousClock.now
        let results = try await concurrently(Array(0..<self.configuration.shoppers), width: self.configuration.shoppers) { _ in
            var results: [(Int, SaleResult)] = []
            while let index = await desk.next() {
                let sale = self.plan.sales[index]
                try await self.waitUntilDue(index, since: start)
                let result = try await self.sell(sale, index, account: accounts[sale.customer], desk: desk, board: board)
                await desk.finished(index)
                results.append((index, result))
                self.progress.advance()
            }
            return results
        }
        return results.flatMap(\.self).sorted { $0.0 < $1.0 }.map(\.1)
    }

    private func waitUntilDue(_ index: Int, since start: ContinuousClock.Instant) async throws {
        guard let first = self.plan.sales.map(\.time).min() else { return }
        let due = self.configuration.pacing.due(index, at: self.plan.sales[index].time, first: first)
        if start + due > .now { try await Task.sleep(until: start + due, clock: .continuous) }
    }

    private func sell(
        _ sale: Sale,
        _ index: Int,
        account: CustomerAccount?,
        desk: SaleDesk,
        board: PriceBoard
    ) async throws -> SaleResult {
        var result = SaleResult(sale: sale.id, total: 0, ending: .failed(why: "no account"))
        guard let account else { return result }
        do {
            try await board.show(sale.lines)
            let shopper = try await Shopper.enter(
                account,
                for: sale,
                client: self.client,
                run: self.configuration.run,
                patience: self.configuration.patience
            )
            try await shopper.fillCart(sale)
            let (order, took) = try await shopper.place(sale)
            result = SaleResult(sale: sale.id, total: order.total, ending: .unfinished(status: "placed"))
            result.placing = took
            result.differences = order.differences(from: sale)
            try self.record(JournalEntry(order, sale: sale, run: self.configuration.run))
            await desk.placed(index)
            let outcome = try await shopper.outcome(of: order)
            result.ending = outcome.ending
            result.confirming = outcome.confirming
            // Only what became an order leaves the cart; after a cancellation the next sale empties it itself.
            if outcome.ending == .confirmed { try await shopper.awaitEmptyCart() }
        } catch let error as CancellationError {
            throw error
        } catch {
            if result.ending.isFailure { result.ending = .failed(why: "\(error)") } else { result.differences.append("\(error)") }
        }
        return result
    }
}
