import SoukctlCommands
import Testing

@Suite struct StockChecksTests {
    private let stock = StockRow(sku: "A", received: 10, available: 5, held: 2, committed: 3)
    private let held = ReservationRow(order: "ord_1", sku: "A", quantity: 2, state: "held")
    private let committed = ReservationRow(order: "ord_2", sku: "A", quantity: 3, state: "committed")

    private func order(_ id: String, _ status: String, quantity: Int64) -> OrderRow {
        let line = OrderRow.Line(sku: "A", quantity: quantity, unitPrice: 100)
        return OrderRow(id: id, checkout: id, status: status, total: quantity * 100, lines: [line])
    }

    @Test func rightStockIsClean() {
        let reservations = [self.held, self.committed]
        let orders = [self.order("ord_1", "confirmed", quantity: 2), self.order("ord_2", "shipped", quantity: 3)]
        #expect(StockChecks.addsUp([self.stock]).isClean)
        #expect(StockChecks.agreesWithReservations([self.stock], reservations).isClean)
        #expect(StockChecks.heldForLiveOrders(reservations, orders).isClean)
        #expect(StockChecks.ordersHaveTheirStock(orders, reservations).isClean)
    }

    @Test func negativeStockIsFound() {
        let stock = StockRow(sku: "A", received: 2, available: -1, held: 3, committed: 0)
        #expect(StockChecks.addsUp([stock]).findings == ["A: negative, received 2, available -1, held 3, committed 0"])
    }

    @Test func stockThatVanishedIsFound() {
        let stock = StockRow(sku: "A", received: 11, available: 5, held: 2, committed: 3)
        #expect(!StockChecks.addsUp([stock]).isClean)
    }

    @Test func counterThatIsNotTheSumOfTheReservationsIsFound() {
        #expect(!StockChecks.agreesWithReservations([self.stock], [self.held]).isClean)
        #expect(!StockChecks.agreesWithReservations([self.stock], [self.committed]).isClean)
    }

    @Test func reservationOfUnknownStockIsFound() {
        let reservations = [self.held, self.committed, ReservationRow(order: "o", sku: "B", quantity: 1, state: "held")]
        #expect(
            StockChecks.agreesWithReservations([self.stock], reservations).findings == [
                "B: reserved, but no stock is kept of it"
            ]
        )
    }

    @Test(arguments: ["cancelled", "shipped", "delivered", "refunded"])
    func stockHeldForAnOrderThatIsOverIsFound(status: String) {
        let result = StockChecks.heldForLiveOrders([self.held], [self.order("ord_1", status, quantity: 2)])
        #expect(result.findings == ["2 × A held for ord_1, which is \(status)"])
    }

    @Test func stockHeldForNoOrderIsFound() {
        #expect(!StockChecks.heldForLiveOrders([self.held], []).isClean)
    }

    @Test func confirmedOrderWithoutItsStockIsFound() {
        let order = self.order("ord_1", "confirmed", quantity: 2)
        #expect(!StockChecks.ordersHaveTheirStock([order], []).isClean)
        #expect(!StockChecks.ordersHaveTheirStock([self.order("ord_1", "confirmed", quantity: 1)], [self.held]).isClean)
    }

    @Test func shippedOrderWithoutItsStockIsFound() {
        #expect(!StockChecks.ordersHaveTheirStock([self.order("ord_2", "delivered", quantity: 3)], []).isClean)
    }

    @Test func stockTakenForACancelledOrderIsFound() {
        #expect(!StockChecks.ordersHaveTheirStock([self.order("ord_2", "cancelled", quantity: 3)], [self.committed]).isClean)
    }
}
