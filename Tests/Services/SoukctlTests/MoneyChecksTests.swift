import SoukctlCommands
import Testing

@Suite struct MoneyChecksTests {
    private func order(_ status: String, id: String = "ord_1") -> OrderRow {
        OrderRow(id: id, checkout: "chk", status: status, total: 500, lines: [])
    }

    private func provider(_ types: (String, Int64)..., intent: String = "pi_1") -> [ProviderRow] {
        types.map { ProviderRow(type: $0.0, order: "ord_1", intent: intent, amount: $0.1) }
    }

    @Test func ordersWhoseMoneyIsRightAreClean() {
        let stories: [(String, [ProviderRow])] = [
            ("placed", []),
            ("confirmed", self.provider(("authorized", 500))),
            ("shipped", self.provider(("authorized", 500), ("captured", 500))),
            ("delivered", self.provider(("authorized", 500), ("captured", 500))),
            ("partially_refunded", self.provider(("authorized", 500), ("captured", 500), ("refunded", 100))),
            ("refunded", self.provider(("authorized", 500), ("captured", 500), ("refunded", 100), ("refunded", 400))),
            ("cancelled", self.provider(("authorized", 500), ("voided", 500))),
            ("cancelled", self.provider(("declined", 500))),
        ]
        for (status, provider) in stories {
            #expect(MoneyChecks.ordersAgreeWithProvider([self.order(status)], provider).isClean, "\(status)")
        }
    }

    @Test(arguments: ["confirmed", "shipped", "delivered", "refunded", "partially_refunded"])
    func orderWithoutMoneyIsFound(status: String) {
        #expect(!MoneyChecks.ordersAgreeWithProvider([self.order(status)], []).isClean)
    }

    @Test func cancelledOrderThatIsStillAuthorizedIsFound() {
        #expect(!MoneyChecks.ordersAgreeWithProvider([self.order("cancelled")], self.provider(("authorized", 500))).isClean)
    }

    @Test func wrongAmountIsFound() {
        #expect(!MoneyChecks.ordersAgreeWithProvider([self.order("confirmed")], self.provider(("authorized", 501))).isClean)
    }

    @Test func chargeForNoOrderIsFound() {
        let result = MoneyChecks.ordersAgreeWithProvider([], self.provider(("authorized", 500)))
        #expect(result.findings == ["the provider charged ord_1, which is no order"])
    }

    @Test func secondChargeIsFound() {
        let twice = self.provider(("authorized", 500)) + self.provider(("authorized", 500), intent: "pi_2")
        #expect(MoneyChecks.chargedOnce(twice).findings == ["ord_1 was charged 2 times"])
    }

    @Test func chargeAfterAVoidedOneIsClean() {
        let again = self.provider(("authorized", 500), ("voided", 500)) + self.provider(("authorized", 500), intent: "pi_2")
        #expect(MoneyChecks.chargedOnce(again).isClean)
    }

    @Test func moreCapturedThanAuthorizedIsFound() {
        #expect(!MoneyChecks.chargedOnce(self.provider(("authorized", 500), ("captured", 300), ("captured", 300))).isClean)
    }

    @Test func moreRefundedThanCapturedIsFound() {
        #expect(!MoneyChecks.chargedOnce(self.provider(("authorized", 500), ("captured", 500), ("refunded", 501))).isClean)
    }

    @Test func paymentsThatAgreeAreClean() {
        let payment = PaymentRow(order: "ord_1", status: "authorized", authorized: 500, captured: 0, refunded: 0)
        #expect(MoneyChecks.paymentsAgreeWithProvider([payment], self.provider(("authorized", 500))).isClean)
        let declined = PaymentRow(order: "ord_2", status: "declined", authorized: 0, captured: 0, refunded: 0)
        #expect(MoneyChecks.paymentsAgreeWithProvider([payment, declined], self.provider(("authorized", 500))).isClean)
    }

    @Test func paymentThatTheProviderDoesNotKnowIsFound() {
        let payment = PaymentRow(order: "ord_1", status: "authorized", authorized: 500, captured: 0, refunded: 0)
        #expect(!MoneyChecks.paymentsAgreeWithProvider([payment], []).isClean)
    }

    @Test func chargeThatPaymentsDoNotKnowIsFound() {
        #expect(!MoneyChecks.paymentsAgreeWithProvider([], self.provider(("authorized", 500))).isClean)
    }

    @Test func callThatNobodyAnswersIsFound() {
        let call = OpenMatterRow(subject: "ord_1", what: "call to capture is unknown", age: 61)
        #expect(MoneyChecks.settled([call], after: 60).findings == ["ord_1: call to capture is unknown for 61 s"])
        #expect(MoneyChecks.settled([call], after: 61).isClean)
    }
}
