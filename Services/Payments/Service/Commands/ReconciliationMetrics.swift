import Metrics

/// What is measured of the books. All are zero in a shop that is well.
struct ReconciliationMetrics: Sendable {
    private let ledgerAndPayments = Gauge(label: "payments_ledger_difference_minor_units", dimensions: [("with", "payments")])
    private let ledgerAndProvider = Gauge(label: "payments_ledger_difference_minor_units", dimensions: [("with", "provider")])
    private let open = Gauge(label: "payments_reconciliation_differences_open")

    func found(_ findings: ReconciliationFindings) {
        self.ledgerAndPayments.record(findings.ledgerAndPayments)
        self.ledgerAndProvider.record(findings.paymentsAndProvider)
        self.open.record(findings.openDifferences)
    }
}
