internal import Logging
internal import Metrics
internal import Resilience

/// Publishes the state of a target's breaker.
struct BreakerMetrics: CallObserver {
    private let logger: Logger
    private let state: Gauge
    private let target: String

    init(target: String, logger: Logger) {
        self.target = target
        self.logger = logger
        self.state = Gauge(label: "breaker_state", dimensions: [("target", target)])
        self.state.record(0)
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
        self.logger.info(
            "Breaker changed",
            metadata: ["rpc.target": "\(target)", "breaker.from": "\(from.rawValue)", "breaker.to": "\(to.rawValue)"]
        )
    }
}
