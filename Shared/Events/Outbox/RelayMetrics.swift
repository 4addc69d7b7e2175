internal import Metrics

/// A relay's instruments, labelled by topic.
struct RelayMetrics: Sendable {
    private let published: Counter
    private let refused: Counter
    private let rewinds: Counter
    private let failures: Counter
    private let partitions: Gauge

    init(topic: String) {
        let dimensions = [("topic", topic)]
        self.published = Counter(label: "events_published_total", dimensions: dimensions)
        self.refused = Counter(label: "events_append_refused_total", dimensions: dimensions)
        self.rewinds = Counter(label: "events_log_rewinds_total", dimensions: dimensions)
        self.failures = Counter(label: "events_relay_failures_total", dimensions: dimensions)
        self.partitions = Gauge(label: "events_relay_partitions", dimensions: dimensions)
    }

    func published(published requests: [AppendRequest], _ outcomes: [AppendOutcome]) {
        for (request, outcome) in zip(requests, outcomes) {
            switch outcome {
            case .appended, .unconfirmed: self.published.increment(by: request.events.count)
            case .tail, .full: self.refused.increment()
            }
        }
    }

    func rewound() { self.rewinds.increment() }
    func failed() { self.failures.increment() }
    func owned(_ count: Int) { self.partitions.record(count) }
}
