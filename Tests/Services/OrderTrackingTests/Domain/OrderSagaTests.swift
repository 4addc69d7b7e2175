import Commerce
import OrderTrackingDomain
import Testing

@Suite struct OrderSagaTests {
    private let total = Money(amount: 10_000, currency: .gbp)

    @Test func confirmsWhenStockAndPaymentAreThere() {
        var saga = OrderSaga(total: self.total)
        #expect(saga.begin().commands == [.reserveStock])
        #expect(saga.status == .reserving)
        #expect(saga.apply(.stockReserved).commands == [.authorizePayment])
        #expect(saga.status == .authorizing)
        let step = saga.apply(.paymentAuthorized)
        #expect(step.facts == [.confirmed])
        #expect(saga.status == .confirmed)
        #expect(saga.unanswered.isEmpty)
    }

    @Test func cancelsAtOnceWhenStockIsShort() {
        var saga = self.reserving()
        let step = saga.apply(.stockRejected(detail: "MUG: 2 wanted, 1 available"))
        #expect(step.entries == [.init(.cancelling, detail: "MUG: 2 wanted, 1 available"), .init(.cancelled)])
        #expect(step.commands.isEmpty)
        #expect(step.facts == [.cancelled(.outOfStock)])
        #expect(saga.status == .cancelled)
    }

    @Test func givesStockBackWhenTheCardIsDeclined() {
        var saga = self.authorizing()
        let step = saga.apply(.paymentDeclined(reason: "card_declined"))
        #expect(step.commands == [.releaseStock])
        #expect(saga.status == .cancelling)
        #expect(saga.cancelReason == .paymentDeclined)
        #expect(saga.apply(.stockReleased).facts == [.cancelled(.paymentDeclined)])
        #expect(saga.status == .cancelled)
    }

    @Test func givesBothBackWhenTheCustomerCancelsAConfirmedOrder() throws {
        var saga = self.confirmed()
        let step = try saga.apply(.cancel)
        #expect(step.commands == [.voidPayment, .releaseStock])
        #expect(saga.apply(.paymentVoided).facts.isEmpty)
        #expect(saga.status == .cancelling)
        #expect(saga.apply(.stockReleased).facts == [.cancelled(.customer)])
    }

    @Test func voidsWhatMayStillBeAuthorizedWhenPaymentsIsSilent() {
        var saga = self.authorizing()
        #expect(saga.apply(.stepTimedOut).commands == [.voidPayment, .releaseStock])
        #expect(saga.cancelReason == .timeout)
        #expect(!saga.apply(.paymentAuthorized).isChange)
        #expect(saga.status == .cancelling)
        _ = saga.apply(.stockReleased)
        _ = saga.apply(.paymentVoided)
        #expect(saga.status == .cancelled)
    }

    @Test func doesNotTimeOutAfterThePivot() {
        var saga = self.confirmed()
        #expect(!saga.apply(.stepTimedOut).isChange)
        #expect(saga.status == .confirmed)
    }

    @Test func ignoresLateAndDoubleAnswers() {
        var saga = self.confirmed()
        let before = saga
        for reply: SagaReply in [
            .stockReserved, .stockRejected(detail: ""), .stockReleased, .stockCommitted, .paymentAuthorized, .paymentDeclined(reason: ""),
            .paymentVoided, .paymentCaptured(self.total), .captureFailed(reason: ""),
        ] {
            #expect(!saga.apply(reply).isChange)
        }
        #expect(saga == before)
    }

    @Test func capturesAndCommitsWhenShipped() throws {
        var saga = self.confirmed()
        let step = try saga.apply(.ship)
        #expect(step.commands == [.capturePayment, .commitStock])
        #expect(step.facts == [.shipped])
        #expect(saga.unanswered == [.commitStock, .capturePayment])
        _ = saga.apply(.paymentCaptured(self.total))
        _ = saga.apply(.stockCommitted)
        #expect(saga.captured == self.total)
        #expect(saga.unanswered.isEmpty)
        #expect(try saga.apply(.deliver).facts == [.delivered])
        #expect(saga.status == .delivered)
    }

    @Test func refundsInPartsUpToWhatWasCaptured() throws {
        var saga = try self.captured()
        let (first, second) = (try RefundID("rfd_1"), try RefundID("rfd_2"))
        let part = Money(amount: 4_000, currency: .gbp)
        #expect(try saga.apply(.refund(first, amount: part)).commands == [.refundPayment(first, amount: part)])
        #expect(throws: SagaRefusal.self) { try saga.apply(.refund(second, amount: Money(amount: 6_001, currency: .gbp))) }
        #expect(saga.apply(.paymentRefunded(first, amount: part)).facts == [.refunded(first, amount: part, inFull: false)])
        #expect(saga.status == .partiallyRefunded)
        let rest = saga.refundable
        #expect(rest.amount == 6_000)
        _ = try saga.apply(.refund(second, amount: rest))
        #expect(saga.apply(.paymentRefunded(second, amount: rest)).facts == [.refunded(second, amount: rest, inFull: true)])
        #expect(saga.status == .refunded)
        #expect(!saga.apply(.paymentRefunded(second, amount: rest)).isChange)
        #expect(throws: SagaRefusal.self) { try saga.apply(.refund(first, amount: part)) }
    }

    @Test func aRefundMayBeAskedForWhileTheMoneyIsBeingTaken() throws {
        var saga = self.confirmed()
        let refund = try RefundID("rfd_1")
        #expect { try saga.apply(.refund(refund, amount: self.total)) } throws: { ($0 as? SagaRefusal)?.rule == .notRefundable }
        _ = try saga.apply(.ship)
        let part = Money(amount: 4_000, currency: .gbp)
        #expect(try saga.apply(.refund(refund, amount: part)).commands == [.refundPayment(refund, amount: part)])
        #expect(saga.refundable.amount == 6_000)
        // In this order, however often they are sent again: payments takes them one after the other.
        #expect(saga.unanswered == [.commitStock, .capturePayment, .refundPayment(refund, amount: part)])
        let second = try RefundID("rfd_2")
        #expect { try saga.apply(.refund(second, amount: Money(amount: 6_001, currency: .gbp))) } throws: {
            ($0 as? SagaRefusal)?.rule == .refundTooLarge
        }
        _ = saga.apply(.paymentCaptured(self.total))
        #expect(saga.apply(.paymentRefunded(refund, amount: part)).facts == [.refunded(refund, amount: part, inFull: false)])
        #expect(saga.status == .partiallyRefunded)
        #expect(saga.refundable.amount == 6_000)
    }

    @Test func aRefundFailsWithTheCaptureItWaitedFor() throws {
        var saga = self.confirmed()
        let refund = try RefundID("rfd_1")
        _ = try saga.apply(.ship)
        _ = try saga.apply(.refund(refund, amount: self.total))
        _ = saga.apply(.captureFailed(reason: "card_expired"))
        #expect(saga.apply(.refundFailed(refund, reason: "payment_failed")).isChange)
        #expect(saga.openRefunds.isEmpty)
        #expect(saga.refundable.amount == 0)
        #expect { try saga.apply(.refund(refund, amount: self.total)) } throws: { ($0 as? SagaRefusal)?.rule == .notRefundable }
    }

    @Test func aFailedRefundMayBeAskedForAgain() throws {
        var saga = try self.captured()
        let refund = try RefundID("rfd_1")
        _ = try saga.apply(.refund(refund, amount: self.total))
        #expect(saga.refundable.amount == 0)
        _ = saga.apply(.refundFailed(refund, reason: "account closed"))
        #expect(saga.refundable == self.total)
    }

    @Test(arguments: [0, -1])
    func refusesToRefundNothing(_ amount: Int64) throws {
        var saga = try self.captured()
        let refund = try RefundID("rfd_1")
        #expect(throws: SagaRefusal.self) { try saga.apply(.refund(refund, amount: Money(amount: amount, currency: .gbp))) }
    }

    @Test func refusesWhatTheStateForbids() throws {
        var saga = self.reserving()
        #expect { try saga.apply(.ship) } throws: { ($0 as? SagaRefusal)?.rule == .notShippable }
        #expect { try saga.apply(.deliver) } throws: { ($0 as? SagaRefusal)?.rule == .notDeliverable }
        saga = try self.captured()
        #expect { try saga.apply(.cancel) } throws: { ($0 as? SagaRefusal)?.rule == .notCancellable }
        #expect { try saga.apply(.ship) } throws: { ($0 as? SagaRefusal)?.rule == .notShippable }
        _ = try saga.apply(.deliver)
        #expect { try saga.apply(.deliver) } throws: { ($0 as? SagaRefusal)?.rule == .notDeliverable }
    }

    @Test func cancellingTwiceIsHarmless() throws {
        var saga = self.confirmed()
        _ = try saga.apply(.cancel)
        #expect(try !saga.apply(.cancel).isChange)
    }

    private func reserving() -> OrderSaga {
        var saga = OrderSaga(total: self.total)
        _ = saga.begin()
        return saga
    }

    private func authorizing() -> OrderSaga {
        var saga = self.reserving()
        _ = saga.apply(.stockReserved)
        return saga
    }

    private func confirmed() -> OrderSaga {
        var saga = self.authorizing()
        _ = saga.apply(.paymentAuthorized)
        return saga
    }

    private func captured() throws -> OrderSaga {
        var saga = self.confirmed()
        _ = try saga.apply(.ship)
        _ = saga.apply(.paymentCaptured(self.total))
        _ = saga.apply(.stockCommitted)
        return saga
    }
}
