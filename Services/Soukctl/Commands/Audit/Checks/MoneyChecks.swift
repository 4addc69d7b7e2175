/// What must be true of money, three ways: orders, payments and the provider's journal.
package enum MoneyChecks {
    /// Sums up the provider's journal by order.
    package static func money(_ provider: [ProviderRow]) -> [String: OrderMoney] {
        var money: [String: OrderMoney] = [:]
        for (_, rows) in Dictionary(grouping: provider.filter(\.movesMoney), by: { $0.intent ?? "" }) {
            guard let order = rows.compactMap(\.order).first else { continue }
            let authorized = rows.sum(of: "authorized")
            let captured = rows.sum(of: "captured")
            let isClosed = captured > 0 || rows.contains { $0.type == "voided" }
            var sums = money[order] ?? OrderMoney()
            sums.open += isClosed ? 0 : authorized
            sums.captured += captured
            sums.refunded += rows.sum(of: "refunded")
            money[order] = sums
        }
        return money
    }

    /// The provider never has more than one live charge for an order, nor more captured than authorized.
    package static func chargedOnce(_ provider: [ProviderRow]) -> CheckResult {
        let rows = provider.filter(\.movesMoney)
        var findings: [String] = []
        for (order, rows) in Dictionary(grouping: rows, by: { $0.order ?? "" }).sorted(by: { $0.key < $1.key }) {
            let intents = Dictionary(grouping: rows, by: { $0.intent ?? "" })
            let live = intents.values.filter { rows in
                rows.contains { $0.type == "authorized" } && !rows.contains { $0.type == "voided" }
            }
            if live.count > 1 { findings.append("\(order) was charged \(live.count) times") }
            for (intent, rows) in intents.sorted(by: { $0.key < $1.key }) {
                let captured = rows.sum(of: "captured")
                if captured > rows.sum(of: "authorized") { findings.append("\(order), \(intent): more captured than authorized") }
                if rows.sum(of: "refunded") > captured { findings.append("\(order), \(intent): more refunded than captured") }
            }
        }
        return CheckResult("Nobody is charged twice", examined: rows.count, findings: findings)
    }

    /// The payments' own sums are the provider's.
    package static func paymentsAgreeWithProvider(_ payments: [PaymentRow], _ provider: [ProviderRow]) -> CheckResult {
        let theirs = Self.money(provider)
        var ours: [String: OrderMoney] = [:]
        for payment in payments {
            var sums = ours[payment.order] ?? OrderMoney()
            let isOpen = payment.captured == 0 && payment.status == "authorized"
            sums.open += isOpen ? payment.authorized : 0
            sums.captured += payment.captured
            sums.refunded += payment.refunded
            ours[payment.order] = sums
        }
        var findings: [String] = []
        for order in Set(ours.keys).union(theirs.keys).sorted() {
            let (our, their) = (ours[order] ?? OrderMoney(), theirs[order] ?? OrderMoney())
            if our != their { findings.append("\(order): payments \(our.text); provider \(their.text)") }
        }
        return CheckResult("Payments agree with the provider", examined: payments.count, findings: findings)
    }

    /// What an order's status says about money is what the provider did.
    package static func ordersAgreeWithProvider(_ orders: [OrderRow], _ provider: [ProviderRow]) -> CheckResult {
        let theirs = Self.money(provider)
        var findings = orders.compactMap { Self.complaint($0, theirs[$0.id] ?? OrderMoney()) }
        let known = Set(orders.map(\.id))
        findings += theirs.keys.filter { !known.contains($0) }.sorted().map { "the provider charged \($0), which is no order" }
        return CheckResult("Orders agree with the provider", examined: orders.count, findings: findings)
    }

    /// No call to the provider, and no difference with its books, stays open.
    package static func settled(_ matters: [OpenMatterRow], after bound: Int64) -> CheckResult {
        let findings = matters.filter { $0.age > bound }.map { "\($0.subject): \($0.what) for \($0.age) s" }
        return CheckResult("Nothing with the provider is left open", examined: matters.count, findings: findings)
    }

    private static func complaint(_ order: OrderRow, _ money: OrderMoney) -> String? {
        let isRight =
            switch (order.phase, order.status) {
            case (.moving, _): true
            case (.cancelled, _): money.open == 0 && money.captured == money.refunded
            case (.confirmed, _): money == OrderMoney(open: order.total)
            case (.sent, "refunded"): money == OrderMoney(captured: order.total, refunded: order.total)
            case (.sent, "partially_refunded"):
                money.open == 0 && money.captured == order.total && (1..<order.total).contains(money.refunded)
            case (.sent, _): money == OrderMoney(captured: order.total)
            }
        return isRight ? nil : "\(order.id) is \(order.status) over \(Pence.text(order.total)); provider: \(money.text)"
    }
}
