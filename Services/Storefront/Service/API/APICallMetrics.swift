import Logging
import Metrics
import Resilience

/// Counts what the policies do with the calls of one service, under the names that the gRPC clients use too.
struct APICallMetrics: CallObserver {
    private let target: String
    private let logger: Logger
    private let first: Counter
    private let retries: Counter
    private let outcomes: [String: Counter]
    private let rejections: [ResilienceRejection.Policy: Counter]
    private let duration: Metrics.Timer
    private let state: Gauge

    init(target: String, logger: Logger) {
        let base = [("target", target), ("method", "http")]
        self.target = target
        self.logger = logger
        self.first = Counter(label: "resilience_attempts_total", dimensions: base + [("kind", "first")])
        self.retries = Counter(label: "resilience_attempts_total", dimensions: base + [("kind", "retry")])
        self.outcomes = Dictionary(
            uniqueKeysWithValues: ["success", "failure", "transient", "overloaded", "ignored"].map {
                ($0, Counter(label: "resilience_calls_total", dimensions: base + [("outcome", $0)]))
            })
        self.rejections = Dictionary(
            uniqueKeysWithValues: ResilienceRejection.Policy.allCases.map {
                ($0, Counter(label: "resilience_rejections_total", dimensions: base + [("policy", $0.rawValue)]))
            })
        self.duration = Metrics.Timer(label: "api_client_duration_seconds", dimensions: [("target", target)])
        self.state = Gauge(label: "breaker_state", dimensions: [("target", target)])
        self.state.record(0)
    }

    func attemptStarted(target: String, number: Int) {
        (number == 0 ? self.first : self.retries).increment()
    }

    func rejected(_ rejection: ResilienceRejection) {
        self.rejections[rejection.policy]?.increment()
    }

    func callFinished(target: String, outcome: CallOutcome, duration: Duration, attempts: Int) {
        self.duration.record(duration: duration)
        self.outcomes[Self.name(of: outcome)]?.increment()
    }

    func breakerChanged(target: String, from: BreakerState, to: BreakerState) {
        let value =
            switch to {
            case .closed: 0
            case .halfOpen: 1
            case .open: 2
            }
        self.state.record(value)
        let dimensions = [("target", self.target), ("from", from.rawValue), ("to", to.rawValue)]
        Counter(label: "breaker_transitions_total", dimensions: dimensions).increment()
        self.logger.info("Breaker changed", metadata: ["target": "\(target)", "from": "\(from.rawValue)", "to": "\(to.rawValue)"])
    }

    private static func name(of outcome: CallOutcome) -> String {
        switch outcome {
        case .success: "success"
        case .failure: "failure"
        case .transient: "transient"
        case .overloaded: "overloaded"
        case .ignored: "ignored"
        }
    }
}
