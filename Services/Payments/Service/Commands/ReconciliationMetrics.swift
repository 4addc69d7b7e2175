import Metrics

/// By how much the books differ: nothing in a shop that is well. How many payments differ is counted by ``LedgerSample``.
struct ReconciliationMetrics: Sendable {
    private let ledgerAndPayments = Gauge(label: "payments_ledger_difference_minor_units", dimensions: [("with", "payments")])
    private let ledgerAndProvider = Gauge(label: "payments_ledger_difference_minor_units", dimensions: [("with", "provider")])

    func found(_ findings: ReconciliationFindings) {
        self.ledgerAndPayments.record(findings.ledgerAndPayments)
        self.ledgerAndProvider.record(findings.paymentsAndProvider)
    }
}
