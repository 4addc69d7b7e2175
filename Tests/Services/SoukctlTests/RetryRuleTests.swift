import SoukctlCommands
import Testing

@Suite struct RetryRuleTests {
    private let rule = RetryRule(patience: .seconds(10))

    @Test(arguments: [200, 201, 400, 401, 403, 404, 412, 422, 428])
    func finalAnswersAreTaken(status: Int) {
        let decision = self.rule.decide(.answer(status: status, retryAfter: nil), attempt: 1, elapsed: .zero, jitter: 0)
        #expect(decision == .done)
    }

    @Test(arguments: [429, 500, 502, 503, 504])
    func passingTroubleIsTriedAgain(status: Int) {
        let decision = self.rule.decide(.answer(status: status, retryAfter: nil), attempt: 1, elapsed: .zero, jitter: 1)
        #expect(decision == .again(after: .milliseconds(50)))
    }

    @Test func conflictIsTriedAgainOnlyWhileTheFirstRequestRuns() {
        #expect(self.rule.decide(.answer(status: 409, retryAfter: nil), attempt: 1, elapsed: .zero, jitter: 0) == .done)
        let running = self.rule.decide(.answer(status: 409, retryAfter: .seconds(1)), attempt: 1, elapsed: .zero, jitter: 0)
        #expect(running == .again(after: .seconds(1)))
    }

    @Test func pausesDoubleUpToABound() {
        #expect(self.rule.decide(.noConnection, attempt: 3, elapsed: .zero, jitter: 1) == .again(after: .milliseconds(200)))
        #expect(self.rule.decide(.noConnection, attempt: 40, elapsed: .zero, jitter: 1) == .again(after: .seconds(2)))
    }

    @Test func patienceEnds() {
        #expect(self.rule.decide(.noConnection, attempt: 9, elapsed: .seconds(9.5), jitter: 1) == .giveUp)
    }
}
