import SoukctlCommands
import Testing

@Suite struct AuditReportTests {
    @Test func emptyShopIsClean() {
        let report = AuditReport(Books().checks(stuckAfter: 60))
        #expect(report.isClean)
        #expect(report.text.hasSuffix("Audit: clean"))
    }

    @Test func failedCheckShowsItsRowsAndSpoilsTheVerdict() {
        var books = Books()
        books.stock = [StockRow(sku: "A", received: 1, available: 0, held: 0, committed: 0)]
        let report = AuditReport(books.checks(stuckAfter: 60))
        #expect(!report.isClean)
        #expect(report.text.contains("FAILED  Stock adds up and is never negative (1)\n          A: does not add up"))
        #expect(report.text.hasSuffix("checks FAILED"))
    }

    @Test func manyRowsAreCutShort() {
        let result = CheckResult("Everything is well", examined: 30, findings: (1...30).map { "row \($0)" })
        #expect(AuditReport([result]).text.contains("and 20 more"))
    }

    @Test func everyCheckOfTheBooksCanFail() {
        var books = Books()
        let line = OrderRow.Line(sku: "A", quantity: 1, unitPrice: 100)
        let order = OrderRow(id: "ord_1", checkout: "chk_1", status: "confirmed", total: 1, age: 99, lines: [line])
        books.journal = [
            JournalEntry(run: "r", sale: "1", key: "k", orderID: "ord_9", checkoutID: nil, total: 1, currency: "GBP", lines: [])
        ]
        books.orders = [order, order, OrderRow(id: "ord_2", checkout: "chk_2", status: "placed", total: 1, age: 99, lines: [])]
        books.stock = [StockRow(sku: "B", received: 1, available: 0, held: 0, committed: 0)]
        books.reservations = [ReservationRow(order: "ord_7", sku: "A", quantity: 1, state: "held")]
        books.payments = [PaymentRow(order: "ord_1", status: "authorized", authorized: 7, captured: 0, refunded: 0)]
        books.ledger = [LedgerRow(transaction: "t", order: "ord_1", account: "sales", layer: .posted, amount: 7)]
        books.openMatters = [OpenMatterRow(subject: "ord_1", what: "call to authorize is unknown", age: 99)]
        books.provider = [
            ProviderRow(type: "authorized", order: "ord_1", intent: "pi_1", amount: 1),
            ProviderRow(type: "authorized", order: "ord_1", intent: "pi_2", amount: 1),
        ]
        books.events.partitions = [EventRows.Partition(topic: "orders", part: 0, last: 1)]
        books.events.cursors = [EventRows.Cursor(consumer: "c", topic: "orders", part: 0, position: 0)]
        books.events.parked = [EventRows.Parked(consumer: "c", topic: "orders", part: 0, position: 1, reason: "bad")]
        books.events.misplaced = [
            EventRows.Misplaced(topic: "orders", part: 0, aggregate: "order ord_1", version: 1, conflict: .after(version: 2))
        ]
        let clean = books.checks(stuckAfter: 60).filter(\.isClean).map(\.title)
        #expect(clean.isEmpty)
    }
}
