internal import Metrics
public import Resilience

/// Counts what the policies do with the calls of one method. Handles are made once, never per call.
public struct PolicyMetrics: CallObserver {
    private let succeeded: Counter
    private let failed: Counter
    private let transient: Counter
    private let overloaded: Counter
    private let ignored: Counter
    private let firstAttempts: Counter
    private let retries: Counter
    private let failovers: Counter
    private let rejections: [ResilienceRejection.Policy: Counter]
    private let duration: Metrics.Timer

    /// - Parameters:
    ///   - target: Which service is called.
    ///   - method: Which of its methods; of these there must be few.
    ///   - timer: The name of the histogram of the calls' durations, with all their attempts.
    public init(target: String, method: String, timer: String = "resilience_call_duration_seconds") {
        let base = [("target", target), ("method", method)]
        func calls(_ outcome: String) -> Counter {
            Counter(label: "resilience_calls_total", dimensions: base + [("outcome", outcome)])
        }
        func attempts(_ kind: String) -> Counter {
            Counter(label: "resilience_attempts_total", dimensions: base + [("kind", kind)])
        }
        self.succeeded = calls("success")
        self.failed = calls("failure")
        self.transient = calls("transient")
        self.overloaded = calls("overloaded")
        self.ignored = calls("ignored")
        self.firstAttempts = attempts("first")
        self.retries = attempts("retry")
        self.failovers = attempts("failover")
        var rejections: [ResilienceRejection.Policy: Counter] = [:]
        for policy in ResilienceRejection.Policy.allCases {
            let dimensions = base + [("policy", policy.rawValue)]
            rejections[policy] = Counter(label: "resilience_rejections_total", dimensions: dimensions)
        }
        self.rejections = rejections
        self.duration = Metrics.Timer(label: timer, dimensions: base)
    }

    public func attemptStarted(target: String, number: Int) {
        (number == 0 ? self.firstAttempts : self.retries).increment()
    }

    /// An attempt went to another endpoint, because the first certainly did not see it.
    public func failedOver() {
        self.failovers.increment()
    }

    public func rejected(_ rejection: ResilienceRejection) {
        self.rejections[rejection.policy]?.increment()
    }

    public func callFinished(target: String, outcome: CallOutcome, duration: Duration, attempts: Int) {
        self.duration.record(duration: duration)
        switch outcome {
        case .success: self.succeeded.increment()
        case .failure: self.failed.increment()
        case .transient: self.transient.increment()
        case .overloaded: self.overloaded.increment()
        case .ignored: self.ignored.increment()
        }
    }
}
