import Commerce
import PaymentsDomain
import Testing

@Suite struct PaymentRulesTests {
    private let price = Money(amount: 1299, currency: .gbp)

    @Test func anAuthorizationAsksTheProvider() {
        let decision = self.decide(.authorize(self.price), on: nil)
        #expect(decision.payment?.status == .authorizing)
        #expect(decision.next == .call(ProviderRequest(.authorize, amount: self.price)))
    }

    @Test func anUnknownMethodIsDeclinedWithoutTheProvider() {
        let decision = self.decide(.authorize(self.price), on: nil, hasMethod: false)
        #expect(decision.payment?.status == .declined)
        #expect(decision.next == .reply(.declined(reason: "unknown_payment_method")))
    }

    @Test(arguments: [0, -1, Int64.min]) func anAmountOfNothingIsDeclined(amount: Int64) {
        let decision = self.decide(.authorize(Money(amount: amount, currency: .gbp)), on: nil)
        #expect(decision.next == .reply(.declined(reason: "invalid_amount")))
        #expect(decision.payment?.amount == .zero(.gbp))
    }

    @Test func aVoidBeforeTheAuthorizationLeavesATombstone() {
        let void = self.decide(.void, on: nil)
        #expect(void.payment?.status == .voided)
        #expect(void.next == .reply(.voided))
        let late = self.decide(.authorize(self.price), on: void.payment)
        #expect(late.next == .reply(.declined(reason: "voided")))
        #expect(late.payment == void.payment)
    }

    @Test func aCommandBehindAnOpenOneWaits() {
        let payment = self.payment(.authorizing)
        #expect(self.decide(.void, on: payment, isBusy: true).next == .queue)
    }

    @Test func aVoidOfNothingHeldIsDoneAtOnce() {
        for status in [PaymentStatus.declined, .voided] {
            #expect(self.decide(.void, on: self.payment(status)).next == .reply(.voided))
        }
    }

    @Test func aVoidAfterTheCaptureFails() {
        let decision = self.decide(.void, on: self.payment(.captured, captured: 1299))
        #expect(decision.next == .reply(.failed(.void, reason: "payment_captured")))
    }

    @Test(arguments: [
        (1300, "GBP", "amount_too_large"), (0, "GBP", "invalid_amount"), (-5, "GBP", "invalid_amount"),
        (1299, "EUR", "currency_mismatch"),
    ]) func aWrongCaptureFails(amount: Int64, currency: String, reason: String) throws {
        let money = Money(amount: amount, currency: try Currency(currency))
        let decision = self.decide(.capture(money), on: self.payment(.authorized))
        #expect(decision.next == .reply(.failed(.capture, reason: reason)))
    }

    @Test func aCaptureOfLessIsAdmissible() {
        let part = Money(amount: 1000, currency: .gbp)
        let decision = self.decide(.capture(part), on: self.payment(.authorized))
        #expect(decision.next == .call(ProviderRequest(.capture, amount: part)))
    }

    @Test func refundsStopAtWhatWasCaptured() {
        var payment = self.payment(.captured, captured: 1299)
        let first = Money(amount: 1000, currency: .gbp)
        let request = ProviderRequest(.refund, amount: first, refundID: Fixture.refund)
        #expect(self.decide(.refund(Fixture.refund, first), on: payment).next == .call(request))
        payment = PaymentRules.settle(request, .done, on: payment).payment
        #expect(payment.status == .partiallyRefunded)
        let tooMuch = self.decide(.refund(Fixture.refund, Money(amount: 300, currency: .gbp)), on: payment)
        #expect(tooMuch.next == .reply(.failed(.refund, reason: "amount_too_large", refundID: Fixture.refund)))
        let rest = ProviderRequest(.refund, amount: Money(amount: 299, currency: .gbp), refundID: Fixture.refund)
        #expect(PaymentRules.settle(rest, .done, on: payment).payment.status == .refunded)
    }

    @Test(arguments: [
        ("insufficient_funds", "insufficient_funds"), ("expired_card", "expired_card"),
        ("generic_decline", "card_declined"), ("do_not_honor", "card_declined"),
    ]) func declinesAreToldInOurOwnWords(code: String, reason: String) {
        let request = ProviderRequest(.authorize, amount: self.price)
        let settlement = PaymentRules.settle(request, .declined(code: code), on: self.payment(.authorizing))
        #expect(settlement.reply == .declined(reason: reason))
        #expect(settlement.payment.status == .declined)
        #expect(settlement.ledger == nil)
    }

    @Test func aRefusedCaptureNeedsAPersonAndARefusedRefundLeavesTheCapture() {
        let capture = ProviderRequest(.capture, amount: self.price)
        let failed = PaymentRules.settle(capture, .refused(code: "unexpected_state"), on: self.payment(.authorized))
        #expect(failed.payment.status == .failed)
        #expect(failed.reply == .failed(.capture, reason: "unexpected_state"))
        let refund = ProviderRequest(.refund, amount: self.price, refundID: Fixture.refund)
        let kept = PaymentRules.settle(refund, .refused(code: "x"), on: self.payment(.captured, captured: 1299))
        #expect(kept.payment.status == .captured)
    }

    private func decide(
        _ action: PaymentCommand.Action,
        on payment: Payment?,
        isBusy: Bool = false,
        hasMethod: Bool = true
    ) -> PaymentDecision {
        let command = PaymentCommand(id: "cmd_1", orderID: Fixture.order, paymentID: Fixture.payment, action: action)
        return PaymentRules.decide(command, on: payment, isBusy: isBusy, hasMethod: hasMethod)
    }

    private func payment(_ status: PaymentStatus, captured: Int64 = 0) -> Payment {
        Payment(
            id: Fixture.payment,
            orderID: Fixture.order,
            status: status,
            amount: self.price,
            captured: Money(amount: captured, currency: .gbp)
        )
    }
}
