/// When a request is sent again under the same Idempotency-Key, and how long to wait before.
package struct RetryRule: Sendable {
    package var firstPause: Duration = .milliseconds(50)
    package var longestPause: Duration = .seconds(2)

    /// How long one request may take with all its tries.
    package var patience: Duration

    package init(patience: Duration) {
        self.patience = patience
    }

    /// What came of one try.
    package enum Outcome: Sendable {
        case answer(status: Int, retryAfter: Duration?)
        /// Refused, reset, or no answer in time.
        case noConnection
    }

    /// What to do about it.
    package enum Decision: Sendable, Equatable {
        case done
        case again(after: Duration)
        case giveUp
    }

    /// - Parameters:
    ///   - attempt: 1 after the first try.
    ///   - elapsed: Since the first try began.
    ///   - jitter: Between 0 and 1; spreads the pauses of many shoppers.
    package func decide(_ outcome: Outcome, attempt: Int, elapsed: Duration, jitter: Double) -> Decision {
        guard Self.isPassing(outcome) else { return .done }
        let doubled = self.firstPause * (1 << min(attempt - 1, 10))
        var pause = min(doubled, self.longestPause) * (0.5 + jitter / 2)
        if case .answer(_, let asked?) = outcome { pause = max(pause, min(asked, .seconds(10)) * (1 + jitter / 4)) }
        return elapsed + pause > self.patience ? .giveUp : .again(after: pause)
    }

    /// Whether the trouble may pass by itself. A 409 with `Retry-After` says that the first request is still running.
    private static func isPassing(_ outcome: Outcome) -> Bool {
        switch outcome {
        case .noConnection: true
        case .answer(409, let retryAfter): retryAfter != nil
        case .answer(let status, _): [408, 429, 500, 502, 503, 504].contains(status)
        }
    }
}
