import Metrics

/// What is measured about calls to the provider.
struct CallMetrics: Sendable {
    private let open = Gauge(label: "payments_psp_calls_open")
    private let oldest = Gauge(label: "payments_psp_calls_oldest_seconds")

    /// The calls that have no definite answer yet, and how old the oldest is: what to alarm on.
    func backlog(open: Int, oldestSeconds: Double) {
        self.open.record(open)
        self.oldest.record(oldestSeconds)
    }

    /// One try ended. `unknown` is a try without a definite answer.
    func finished(_ call: ProviderCall, outcome: String, duration: Duration) {
        let dimensions = [("operation", call.kindName), ("outcome", outcome)]
        Counter(label: "payments_psp_calls_total", dimensions: dimensions).increment()
        Timer(label: "payments_psp_call_seconds", dimensions: [("operation", call.kindName)]).record(duration: duration)
    }
}
