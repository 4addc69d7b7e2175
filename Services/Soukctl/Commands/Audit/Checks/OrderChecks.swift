/// What must be true of orders.
package enum OrderChecks {
    /// No order that a shopper was told about is lost or altered, and one key made one order.
    package static func acknowledged(_ journal: [JournalEntry], _ orders: [OrderRow]) -> CheckResult {
        let byID = Dictionary(orders.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        var findings: [String] = []
        var orderOfKey: [String: String] = [:]
        for entry in journal {
            if let other = orderOfKey.updateValue(entry.orderID, forKey: entry.key), other != entry.orderID {
                findings.append("the key \(entry.key) made the orders \(other) and \(entry.orderID)")
            }
            guard let order = byID[entry.orderID] else {
                findings.append("\(entry.orderID) (\(entry.sale)) was acknowledged and is lost")
                continue
            }
            findings += Self.differences(entry, order)
        }
        return CheckResult("No acknowledged order is lost or altered", examined: journal.count, findings: findings)
    }

    private static func differences(_ entry: JournalEntry, _ order: OrderRow) -> [String] {
        var findings: [String] = []
        if order.total != entry.total || order.currency != entry.currency {
            let told = "\(Pence.text(entry.total)) \(entry.currency)"
            findings.append("\(order.id): acknowledged total \(told), stored \(Pence.text(order.total)) \(order.currency)")
        }
        let told = entry.lines.map { OrderRow.Line(sku: $0.sku, quantity: $0.quantity, unitPrice: $0.unitPrice) }
        if Set(told) != Set(order.lines) || told.count != order.lines.count {
            findings.append("\(order.id): the stored lines are not the acknowledged ones")
        }
        if let checkout = entry.checkoutID, checkout != order.checkout {
            findings.append("\(order.id): acknowledged for \(checkout), stored for \(order.checkout)")
        }
        return findings
    }

    /// One checkout becomes one order, however often it is sent.
    package static func oneOrderPerCheckout(_ orders: [OrderRow]) -> CheckResult {
        let groups = Dictionary(grouping: orders, by: \.checkout).filter { $0.value.count > 1 }
        let findings = groups.map { "\($0.key) has the orders \($0.value.map(\.id).sorted().joined(separator: ", "))" }
        return CheckResult("One order per checkout", examined: orders.count, findings: findings.sorted())
    }

    /// An order's total is the sum of its lines, and it has lines.
    package static func totals(_ orders: [OrderRow]) -> CheckResult {
        let findings = orders.compactMap { order -> String? in
            if order.lines.isEmpty { return "\(order.id) has no lines" }
            let sum = order.lines.reduce(0) { $0 + $1.quantity * $1.unitPrice }
            return sum == order.total ? nil : "\(order.id): total \(Pence.text(order.total)), lines \(Pence.text(sum))"
        }
        return CheckResult("An order's total is the sum of its lines", examined: orders.count, findings: findings)
    }

    /// No order stays in a state that is not made to last.
    package static func stuck(_ orders: [OrderRow], after bound: Int64) -> CheckResult {
        let stuck = orders.filter { $0.phase == .moving && $0.age > bound }
        let findings = stuck.map { "\($0.id) has been \($0.status) for \($0.age) s" }
        return CheckResult("No stuck saga", examined: orders.count, findings: findings)
    }
}
