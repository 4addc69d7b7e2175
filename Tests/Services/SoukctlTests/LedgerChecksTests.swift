import SoukctlCommands
import Testing

@Suite struct LedgerChecksTests {
    private func transaction(_ id: String, _ debit: String, _ credit: String, _ layer: LedgerRow.Layer, _ amount: Int64) -> [LedgerRow] {
        [
            LedgerRow(transaction: id, order: "ord_1", account: debit, layer: layer, amount: amount),
            LedgerRow(transaction: id, order: "ord_1", account: credit, layer: layer, amount: -amount),
        ]
    }

    private var authorized: [LedgerRow] {
        self.transaction("authorize", "psp-clearing", "customer-receivable", .pending, 500)
    }

    private var voided: [LedgerRow] {
        self.transaction("void", "customer-receivable", "psp-clearing", .pending, 500)
    }

    private var captured: [LedgerRow] {
        self.transaction("capture", "customer-receivable", "psp-clearing", .pending, 500)
            + self.transaction("capture", "customer-receivable", "sales", .posted, 500)
            + self.transaction("capture", "psp-clearing", "customer-receivable", .posted, 500)
    }

    private var refunded: [LedgerRow] {
        self.transaction("refund", "refunds", "customer-receivable", .posted, 200)
            + self.transaction("refund", "customer-receivable", "psp-clearing", .posted, 200)
    }

    private func provider(_ types: (String, Int64)...) -> [ProviderRow] {
        types.map { ProviderRow(type: $0.0, order: "ord_1", intent: "pi_1", amount: $0.1) }
    }

    @Test func balancedLedgerIsClean() {
        #expect(LedgerChecks.sumsToZero(self.authorized + self.captured + self.refunded).isClean)
    }

    @Test func unbalancedTransactionIsFound() {
        var ledger = self.authorized
        ledger[1].amount = -499
        #expect(
            LedgerChecks.sumsToZero(ledger).findings == [
                "transaction authorize sums to 0.01 GBP", "the ledger sums to 0.01 GBP",
            ]
        )
    }

    @Test func currenciesDoNotBalanceEachOther() {
        var ledger = self.authorized
        ledger[1].currency = "EUR"
        #expect(!LedgerChecks.sumsToZero(ledger).isClean)
    }

    @Test func promisesDoNotBalanceFacts() {
        var ledger = self.authorized
        ledger[1].layer = .posted
        #expect(!LedgerChecks.sumsToZero(ledger).isClean)
    }

    @Test func twoErrorsThatCancelOutAreFound() {
        var ledger = self.authorized + self.voided
        ledger[0].amount += 1
        ledger[2].amount -= 1
        #expect(LedgerChecks.sumsToZero(ledger).findings.count == 2)
    }

    @Test func halfATransactionIsFound() {
        let entry = LedgerRow(transaction: "t", order: "ord_1", account: "sales", layer: .posted, amount: 0)
        #expect(LedgerChecks.sumsToZero([entry]).findings == ["transaction t has one entry only"])
    }

    @Test func ledgerThatTellsTheProvidersStoryIsClean() {
        let sold = self.authorized + self.captured
        let provider = self.provider(("authorized", 500), ("captured", 500))
        #expect(LedgerChecks.agreesWithProvider(self.authorized, self.provider(("authorized", 500))).isClean)
        #expect(LedgerChecks.agreesWithProvider(self.authorized + self.voided, self.provider(("authorized", 500), ("voided", 500))).isClean)
        #expect(LedgerChecks.agreesWithProvider(sold, provider).isClean)
        let refund = ProviderRow(type: "refunded", order: "ord_1", intent: "pi_1", amount: 200)
        #expect(LedgerChecks.agreesWithProvider(sold + self.refunded, provider + [refund]).isClean)
    }

    @Test func captureThatTheLedgerLacksIsFound() {
        let provider = self.provider(("authorized", 500), ("captured", 500))
        #expect(
            LedgerChecks.agreesWithProvider(self.authorized, provider).findings == [
                "ord_1: ledger authorized 5.00, captured 0.00, refunded 0.00; "
                    + "provider authorized 0.00, captured 5.00, refunded 0.00"
            ]
        )
    }

    @Test func chargeThatTheProviderLacksIsFound() {
        #expect(!LedgerChecks.agreesWithProvider(self.authorized, []).isClean)
    }

    @Test func chargeThatTheLedgerLacksIsFound() {
        #expect(!LedgerChecks.agreesWithProvider([], self.provider(("authorized", 500))).isClean)
    }

    @Test func saleThatIsNotSettledIsFound() {
        let ledger = self.authorized + self.captured.dropLast(2)
        let provider = self.provider(("authorized", 500), ("captured", 500))
        #expect(
            LedgerChecks.agreesWithProvider(ledger, provider).findings == [
                "ord_1: the provider owes 0.00 after authorized 0.00, captured 5.00, refunded 0.00",
                "ord_1: the customer still owes 5.00",
            ]
        )
    }
}
