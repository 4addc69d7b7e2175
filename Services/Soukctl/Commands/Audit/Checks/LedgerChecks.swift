/// What must be true of the double-entry ledger.
package enum LedgerChecks {
    private struct Group: Hashable {
        var transaction: String
        var currency: String
        var layer: LedgerRow.Layer
    }

    /// Every transaction sums to zero in each currency and layer, and so does the whole ledger.
    package static func sumsToZero(_ ledger: [LedgerRow]) -> CheckResult {
        var findings: [String] = []
        let groups = Dictionary(grouping: ledger) {
            Group(transaction: $0.transaction, currency: $0.currency, layer: $0.layer)
        }
        for (group, entries) in groups.sorted(by: { $0.key.transaction < $1.key.transaction }) {
            let sum = entries.reduce(0) { $0 + $1.amount }
            if sum != 0 { findings.append("transaction \(group.transaction) sums to \(Pence.text(sum)) \(group.currency)") }
            if entries.count < 2 { findings.append("transaction \(group.transaction) has one entry only") }
        }
        for (currency, entries) in Dictionary(grouping: ledger, by: \.currency).sorted(by: { $0.key < $1.key }) {
            let sum = entries.reduce(0) { $0 + $1.amount }
            if sum != 0 { findings.append("the ledger sums to \(Pence.text(sum)) \(currency)") }
        }
        return CheckResult("The ledger sums to zero", examined: ledger.count, findings: findings)
    }

    /// The ledger tells the same story of each order's money as the provider's journal.
    package static func agreesWithProvider(_ ledger: [LedgerRow], _ provider: [ProviderRow]) -> CheckResult {
        let theirs = MoneyChecks.money(provider)
        let ours = Dictionary(grouping: ledger, by: \.order)
        var findings: [String] = []
        for order in Set(ours.keys).union(theirs.keys).sorted() {
            let entries = ours[order] ?? []
            let (our, their) = (Self.money(entries), theirs[order] ?? OrderMoney())
            if our != their { findings.append("\(order): ledger \(our.text); provider \(their.text)") }
            let owed = Self.sum(entries, "psp-clearing", .posted)
            if owed != our.captured - our.refunded {
                findings.append("\(order): the provider owes \(Pence.text(owed)) after \(our.text)")
            }
            let receivable = Self.sum(entries, "customer-receivable", .posted)
            if receivable != 0 { findings.append("\(order): the customer still owes \(Pence.text(receivable))") }
        }
        return CheckResult("The ledger agrees with the provider", examined: ours.count, findings: findings)
    }

    /// One order's money by the ledger: what is pending at the provider, what was sold, what was given back.
    private static func money(_ entries: [LedgerRow]) -> OrderMoney {
        OrderMoney(
            open: Self.sum(entries, "psp-clearing", .pending),
            captured: -Self.sum(entries, "sales", .posted),
            refunded: Self.sum(entries, "refunds", .posted)
        )
    }

    private static func sum(_ entries: [LedgerRow], _ account: String, _ layer: LedgerRow.Layer) -> Int64 {
        entries.reduce(0) { $0 + ($1.account == account && $1.layer == layer ? $1.amount : 0) }
    }
}
