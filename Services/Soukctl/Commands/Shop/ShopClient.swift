/// Talks to the shop: sends again what may pass, under the same headers and so the same Idempotency-Key.
package struct ShopClient: Sendable {
    private let transport: any ShopTransport
    private let rule: RetryRule
    package let tally: ShopTally

    package init(transport: any ShopTransport, rule: RetryRule, tally: ShopTally = ShopTally()) {
        self.transport = transport
        self.rule = rule
        self.tally = tally
    }

    /// Sends until there is an answer that will not change by asking again.
    ///
    /// - Returns: That answer; the last one when the patience is over.
    /// - Throws: ``SoukctlError`` `patienceOver` when no answer came at all, `CancellationError` when cancelled.
    package func send(_ request: ShopRequest) async throws -> ShopAnswer {
        let start = ContinuousClock.now
        var attempt = 0
        while true {
            attempt += 1
            let (outcome, result) = try await self.attempt(request)
            let elapsed = start.duration(to: .now)
            switch self.rule.decide(outcome, attempt: attempt, elapsed: elapsed, jitter: .random(in: 0...1)) {
            case .done: return try result.get()
            case .giveUp:
                if case .success(let answer) = result { return answer }
                throw SoukctlError(.patienceOver, "\(request.method) \(request.path): no answer after \(attempt) tries")
            case .again(let pause):
                self.tally.count { $0.retries += 1 }
                try await Task.sleep(for: pause)
            }
        }
    }

    private func attempt(
        _ request: ShopRequest
    ) async throws -> (RetryRule.Outcome, Result<ShopAnswer, any Error>) {
        self.tally.count { $0.requests += 1 }
        do {
            let answer = try await self.transport.send(request)
            self.tally.count { counts in
                if answer.status == 500 { counts.internalErrors += 1 }
                if [429, 502, 503, 504].contains(answer.status) { counts.refused += 1 }
            }
            return (.answer(status: answer.status, retryAfter: answer.retryAfter), .success(answer))
        } catch {
            try Task.checkCancellation()
            self.tally.count { $0.noConnection += 1 }
            return (.noConnection, .failure(error))
        }
    }
}
