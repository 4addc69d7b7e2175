/// Everything the auditor reads, at one time.
package struct Books: Sendable {
    /// What shoppers were told; `nil` without a journal.
    package var journal: [JournalEntry]?
    package var orders: [OrderRow] = []
    package var stock: [StockRow] = []
    package var reservations: [ReservationRow] = []
    package var payments: [PaymentRow] = []
    package var ledger: [LedgerRow] = []
    package var openMatters: [OpenMatterRow] = []
    package var provider: [ProviderRow] = []
    package var events = EventRows()

    package init() {}

    /// Every check, in the order in which they are printed.
    ///
    /// - Parameter stuckAfter: Seconds after which an order that still moves is stuck.
    package func checks(stuckAfter: Int64) -> [CheckResult] {
        var results: [CheckResult] = []
        if let journal = self.journal { results.append(OrderChecks.acknowledged(journal, self.orders)) }
        results.append(OrderChecks.oneOrderPerCheckout(self.orders))
        results.append(OrderChecks.totals(self.orders))
        results.append(OrderChecks.stuck(self.orders, after: stuckAfter))
        results.append(LedgerChecks.sumsToZero(self.ledger))
        results.append(LedgerChecks.agreesWithProvider(self.ledger, self.provider))
        results.append(MoneyChecks.paymentsAgreeWithProvider(self.payments, self.provider))
        results.append(MoneyChecks.ordersAgreeWithProvider(self.orders, self.provider))
        results.append(MoneyChecks.chargedOnce(self.provider))
        results.append(MoneyChecks.settled(self.openMatters, after: stuckAfter))
        results.append(StockChecks.addsUp(self.stock))
        results.append(StockChecks.agreesWithReservations(self.stock, self.reservations))
        results.append(StockChecks.heldForLiveOrders(self.reservations, self.orders))
        results.append(StockChecks.ordersHaveTheirStock(self.orders, self.reservations))
        results.append(EventChecks.dense(self.events))
        results.append(EventChecks.ordered(self.events))
        results.append(EventChecks.applied(self.events))
        results.append(EventChecks.nothingParked(self.events))
        return results
    }
}
