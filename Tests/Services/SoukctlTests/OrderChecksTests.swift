import SoukctlCommands
import Testing

@Suite struct OrderChecksTests {
    private let order = OrderRow(
        id: "ord_1",
        checkout: "chk_1",
        status: "confirmed",
        total: 500,
        lines: [OrderRow.Line(sku: "A", quantity: 2, unitPrice: 250)]
    )
    private let entry = JournalEntry(
        run: "r",
        sale: "1",
        key: "r-1",
        orderID: "ord_1",
        checkoutID: "chk_1",
        total: 500,
        currency: "GBP",
        lines: [JournalEntry.Line(sku: "A", quantity: 2, unitPrice: 250)]
    )

    private func changed(_ change: (inout OrderRow) -> Void) -> OrderRow {
        var order = self.order
        change(&order)
        return order
    }

    @Test func rightOrdersAreClean() {
        #expect(OrderChecks.acknowledged([self.entry, self.entry], [self.order]).isClean)
        #expect(OrderChecks.oneOrderPerCheckout([self.order]).isClean)
        #expect(OrderChecks.totals([self.order]).isClean)
        #expect(OrderChecks.stuck([self.order], after: 60).isClean)
    }

    @Test func lostOrderIsFound() {
        #expect(OrderChecks.acknowledged([self.entry], []).findings == ["ord_1 (1) was acknowledged and is lost"])
    }

    @Test func alteredTotalIsFound() {
        #expect(!OrderChecks.acknowledged([self.entry], [self.changed { $0.total = 501 }]).isClean)
    }

    @Test func alteredCurrencyIsFound() {
        #expect(!OrderChecks.acknowledged([self.entry], [self.changed { $0.currency = "EUR" }]).isClean)
    }

    @Test func alteredLineIsFound() {
        #expect(!OrderChecks.acknowledged([self.entry], [self.changed { $0.lines[0].quantity = 3 }]).isClean)
        #expect(!OrderChecks.acknowledged([self.entry], [self.changed { $0.lines.append($0.lines[0]) }]).isClean)
    }

    @Test func alteredCheckoutIsFound() {
        #expect(!OrderChecks.acknowledged([self.entry], [self.changed { $0.checkout = "chk_2" }]).isClean)
    }

    @Test func keyThatMadeTwoOrdersIsFound() {
        var second = self.entry
        second.orderID = "ord_2"
        let orders = [self.order, self.changed { $0.id = "ord_2" }]
        #expect(OrderChecks.acknowledged([self.entry, second], orders).findings == ["the key r-1 made the orders ord_1 and ord_2"])
    }

    @Test func secondOrderOfACheckoutIsFound() {
        let result = OrderChecks.oneOrderPerCheckout([self.order, self.changed { $0.id = "ord_2" }])
        #expect(result.findings == ["chk_1 has the orders ord_1, ord_2"])
    }

    @Test func totalThatIsNotTheSumOfItsLinesIsFound() {
        #expect(OrderChecks.totals([self.changed { $0.total = 499 }]).findings == ["ord_1: total 4.99, lines 5.00"])
        #expect(!OrderChecks.totals([self.changed { $0.lines = [] }]).isClean)
    }

    @Test(arguments: ["placed", "reserving", "authorizing", "cancelling", "a status of tomorrow"])
    func stuckOrderIsFound(status: String) {
        let order = self.changed {
            $0.status = status
            $0.age = 61
        }
        #expect(OrderChecks.stuck([order], after: 60).findings == ["ord_1 has been \(status) for 61 s"])
        #expect(OrderChecks.stuck([order], after: 120).isClean)
    }

    @Test func confirmedOrderMayWaitForItsShipment() {
        #expect(OrderChecks.stuck([self.changed { $0.age = 100_000 }], after: 60).isClean)
    }
}
