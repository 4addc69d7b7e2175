/// What a reconciliation has found.
package struct ReconciliationFindings: Sendable, Hashable {
    /// By how much, in minor units, the ledger and the payments differ, all differences added up.
    package var ledgerAndPayments: Int64
    /// By how much, in minor units, the payments and the provider's journal differ, all differences added up.
    package var paymentsAndProvider: Int64
    /// Payments that differ from the provider's books and that nobody has explained.
    package var openDifferences: Int64

    package init(ledgerAndPayments: Int64, paymentsAndProvider: Int64, openDifferences: Int64) {
        self.ledgerAndPayments = ledgerAndPayments
        self.paymentsAndProvider = paymentsAndProvider
        self.openDifferences = openDifferences
    }
}
