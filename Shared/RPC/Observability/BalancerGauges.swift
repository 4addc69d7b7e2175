internal import Metrics
internal import Resilience

/// The state of a client's endpoints, budget and breaker as gauges. Written by a slow loop, so that calls do not pay for it.
final class BalancerGauges {
    private let target: String
    private let budget: Gauge
    private let failureRatio: Gauge
    private let slowRatio: Gauge
    private var endpoints: [Endpoint: (inFlight: Gauge, score: Gauge, connections: Gauge)] = [:]

    init(target: String) {
        let dimensions = [("target", target)]
        self.target = target
        self.budget = Gauge(label: "retry_budget_balance", dimensions: dimensions)
        self.failureRatio = Gauge(label: "breaker_window_failure_ratio", dimensions: dimensions)
        self.slowRatio = Gauge(label: "breaker_window_slow_ratio", dimensions: dimensions)
    }

    /// Writes the present state. Endpoints that are gone show no connections.
    func record(_ states: [EndpointLoad], budget: RetryBudget, breaker: CircuitBreaker) {
        self.budget.record(budget.balance())
        let rates = breaker.rates()
        self.failureRatio.record(rates.failed)
        self.slowRatio.record(rates.slow)
        let present = Set(states.map(\.endpoint))
        for (endpoint, gauges) in self.endpoints where !present.contains(endpoint) {
            gauges.connections.record(0)
            gauges.inFlight.record(0)
        }
        for state in states {
            let gauges = self.gauges(of: state.endpoint)
            gauges.inFlight.record(state.inFlight)
            gauges.score.record(state.score)
            gauges.connections.record(state.readyConnections)
        }
    }

    private func gauges(of endpoint: Endpoint) -> (inFlight: Gauge, score: Gauge, connections: Gauge) {
        if let gauges = self.endpoints[endpoint] { return gauges }
        let dimensions = [("target", self.target), ("endpoint", "\(endpoint)")]
        let gauges = (
            Gauge(label: "lb_endpoint_inflight", dimensions: dimensions),
            Gauge(label: "lb_endpoint_score", dimensions: dimensions),
            Gauge(label: "lb_endpoint_connections", dimensions: dimensions)
        )
        self.endpoints[endpoint] = gauges
        return gauges
    }
}
