/// What one order's customer has promised, paid and got back, by one of the three books.
package struct OrderMoney: Sendable, Hashable {
    /// Authorized and neither captured nor voided.
    package var open: Int64 = 0
    package var captured: Int64 = 0
    package var refunded: Int64 = 0

    package init(open: Int64 = 0, captured: Int64 = 0, refunded: Int64 = 0) {
        self.open = open
        self.captured = captured
        self.refunded = refunded
    }

    package var text: String {
        "authorized \(Pence.text(self.open)), captured \(Pence.text(self.captured)), refunded \(Pence.text(self.refunded))"
    }
}
