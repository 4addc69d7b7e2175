/// What must be true of stock.
package enum StockChecks {
    private struct Sums {
        var held: Int64 = 0
        var committed: Int64 = 0
    }

    /// Nothing is negative, and every piece received is on the shelf, held or sold.
    package static func addsUp(_ stock: [StockRow]) -> CheckResult {
        var findings: [String] = []
        for row in stock {
            if min(row.available, row.held, row.committed) < 0 {
                findings.append("\(row.sku): negative, \(Self.text(row))")
            }
            if row.available + row.held + row.committed != row.received {
                findings.append("\(row.sku): does not add up, \(Self.text(row))")
            }
        }
        return CheckResult("Stock adds up and is never negative", examined: stock.count, findings: findings)
    }

    /// The counters of a SKU are the sums of its reservations.
    package static func agreesWithReservations(_ stock: [StockRow], _ reservations: [ReservationRow]) -> CheckResult {
        var sums: [String: Sums] = [:]
        for row in reservations {
            switch row.state {
            case "held": sums[row.sku, default: Sums()].held += row.quantity
            case "committed": sums[row.sku, default: Sums()].committed += row.quantity
            default: break
            }
        }
        var findings = stock.compactMap { row -> String? in
            let sum = sums[row.sku] ?? Sums()
            guard sum.held != row.held || sum.committed != row.committed else { return nil }
            return "\(row.sku): \(Self.text(row)); reservations: held \(sum.held), committed \(sum.committed)"
        }
        let known = Set(stock.map(\.sku))
        findings += sums.keys.filter { !known.contains($0) }.sorted().map { "\($0): reserved, but no stock is kept of it" }
        return CheckResult("Stock agrees with the reservations", examined: reservations.count, findings: findings)
    }

    /// Nothing is held for an order that is over or was never placed.
    package static func heldForLiveOrders(_ reservations: [ReservationRow], _ orders: [OrderRow]) -> CheckResult {
        let phases = Dictionary(orders.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let findings = reservations.compactMap { row -> String? in
            guard row.state == "held" else { return nil }
            guard let order = phases[row.order] else { return "\(row.quantity) × \(row.sku) held for \(row.order), which is no order" }
            guard order.phase == .cancelled || order.phase == .sent else { return nil }
            return "\(row.quantity) × \(row.sku) held for \(row.order), which is \(order.status)"
        }
        return CheckResult("Stock is held for live orders only", examined: reservations.count, findings: findings)
    }

    /// A confirmed order holds exactly its lines, a sent one has taken exactly its lines, a cancelled one nothing.
    package static func ordersHaveTheirStock(_ orders: [OrderRow], _ reservations: [ReservationRow]) -> CheckResult {
        let byOrder = Dictionary(grouping: reservations, by: \.order)
        var findings: [String] = []
        for order in orders where order.phase != .moving {
            let rows = byOrder[order.id] ?? []
            let wanted = order.phase == .cancelled ? [:] : Self.quantities(order.lines.map { ($0.sku, $0.quantity) })
            let (held, committed) = (Self.quantities(rows, "held"), Self.quantities(rows, "committed"))
            if order.phase == .confirmed, held != wanted {
                findings.append("\(order.id) is confirmed and does not hold its lines")
            }
            if committed != (order.phase == .confirmed ? [:] : wanted) {
                findings.append("\(order.id) is \(order.status) and the stock it took is not what it sold")
            }
        }
        return CheckResult("Orders have the stock they sold", examined: orders.count, findings: findings)
    }

    private static func quantities(_ rows: [ReservationRow], _ state: String) -> [String: Int64] {
        Self.quantities(rows.filter { $0.state == state }.map { ($0.sku, $0.quantity) })
    }

    private static func quantities(_ pairs: [(String, Int64)]) -> [String: Int64] {
        Dictionary(pairs, uniquingKeysWith: +)
    }

    private static func text(_ row: StockRow) -> String {
        "received \(row.received), available \(row.available), held \(row.held), committed \(row.committed)"
    }
}
