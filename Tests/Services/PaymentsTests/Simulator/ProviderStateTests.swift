import PSPSimulatorService
import Testing

@Suite struct ProviderStateTests {
    @Test func anApprovedCardIsAuthorizedCapturedAndRefunded() throws {
        let provider = ProviderHarness()
        let intent = try provider.authorize("4242424242424242", amount: 1299)
        #expect(intent.status == .requiresCapture)
        #expect(try provider.intent(.capture(intent: intent.id, amount: 1000)).captured == 1000)
        let refund = provider.run(.refund(intent: intent.id, amount: 400)).answer
        guard case .refund(_, intent.id, 400, "GBP") = refund else { throw Unexpected(refund) }
        #expect(provider.code(.refund(intent: intent.id, amount: 601)) == "amount_too_large")
        #expect(provider.code(.refund(intent: intent.id, amount: nil)) == nil)
        #expect(provider.state.intent(intent.id)?.refunded == 1000)
    }

    @Test(arguments: [("4000000000000002", "generic_decline"), ("4000 0000 0000 9995", "insufficient_funds")])
    func testCardsAreDeclined(number: String, code: String) throws {
        let provider = ProviderHarness()
        let intent = try provider.authorize(number, amount: 5)
        #expect(intent.status == .declined)
        #expect(intent.declineCode == code)
        #expect(provider.code(.capture(intent: intent.id, amount: 5)) == "unexpected_state")
    }

    @Test func theSameKeyGivesTheFirstAnswerAndDoesNothingAgain() throws {
        let provider = ProviderHarness()
        let method = try provider.method("4242424242424242")
        let first = provider.run(.authorize(provider.request(method, 100)), key: "k1")
        let capture = provider.run(.capture(intent: try first.intent().id, amount: 60), key: "k2")
        let again = provider.run(.authorize(provider.request(method, 100)), key: "k1")
        #expect(again.isReplay && again.record == nil)
        #expect(again.answer == first.answer)
        #expect(provider.run(.capture(intent: try first.intent().id, amount: 60), key: "k2").answer == capture.answer)
        let other = provider.run(.authorize(provider.request(method, 101)), key: "k1", fingerprint: "other")
        #expect(other.answer == .refused(.keyReused))
    }

    @Test func aRefusalUnderAKeyStaysOneThoughTheBooksChange() throws {
        let provider = ProviderHarness()
        let intent = try provider.authorize("4242424242424242", amount: 100)
        let early = provider.run(.refund(intent: intent.id, amount: 10), key: "r")
        _ = try provider.intent(.capture(intent: intent.id, amount: nil))
        #expect(provider.run(.refund(intent: intent.id, amount: 10), key: "r").answer == early.answer)
    }

    @Test func aLostAnswerIsGivenToTheRetry() throws {
        let provider = ProviderHarness()
        let method = try provider.method("4000000000000119")
        let first = provider.run(.authorize(provider.request(method, 100)), key: "k")
        #expect(first.delivery == .lost && first.record?.type == .authorized)
        let again = provider.run(.authorize(provider.request(method, 100)), key: "k")
        #expect(again.delivery == .normal && again.answer == first.answer)
        #expect(provider.state.intents(ofOrder: "ord_1").count == 1)
    }

    @Test func aFailingProviderDoesNothingTwiceThenApproves() throws {
        let provider = ProviderHarness()
        let method = try provider.method("4000000000000341")
        for _ in 1...2 {
            let decision = provider.run(.authorize(provider.request(method, 100)), key: "k")
            #expect(decision.answer == .failed && decision.record == nil)
        }
        #expect(try provider.run(.authorize(provider.request(method, 100)), key: "k").intent().status == .requiresCapture)
    }

    @Test func aVoidedIntentCannotBeCaptured() throws {
        let provider = ProviderHarness()
        let intent = try provider.authorize("4242424242424242", amount: 100)
        #expect(try provider.intent(.void(intent: intent.id)).status == .canceled)
        #expect(provider.code(.capture(intent: intent.id, amount: 1)) == "unexpected_state")
        #expect(provider.code(.void(intent: intent.id)) == "unexpected_state")
    }

    @Test func captureStopsAtTheAuthorizedAmount() throws {
        let provider = ProviderHarness()
        let intent = try provider.authorize("4242424242424242", amount: 100)
        #expect(provider.code(.capture(intent: intent.id, amount: 101)) == "amount_too_large")
        #expect(provider.code(.capture(intent: intent.id, amount: 0)) == "amount_invalid")
        #expect(provider.code(.capture(intent: "pi_none", amount: 1)) == "resource_missing")
    }

    @Test func theJournalGivesTheSameBooksAgain() throws {
        let provider = ProviderHarness()
        let intent = try provider.authorize("4000000000000119", amount: 100, key: "k")
        _ = try provider.intent(.capture(intent: intent.id, amount: 70))
        _ = provider.run(.refund(intent: intent.id, amount: 20), key: "r")
        let rebuilt = ProviderHarness()
        for record in provider.records { rebuilt.state.apply(record) }
        #expect(rebuilt.state.intent(intent.id) == provider.state.intent(intent.id))
        #expect(rebuilt.state.lastSequence == provider.state.lastSequence)
        #expect(rebuilt.run(.refund(intent: intent.id, amount: 20), key: "r").isReplay)
        #expect(rebuilt.state.intent(intent.id)?.refunded == 20)
    }
}
