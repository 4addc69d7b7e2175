internal import Foundation
internal import Metrics

/// A consumer's instruments, labelled by group.
struct ConsumerMetrics: Sendable {
    private let appliedCount: Counter
    private let parkedCount: Counter
    private let redrivenCount: Counter
    private let failureCount: Counter
    private let gapCount: Counter
    private let delay: Metrics.Timer
    private let partitions: Gauge
    private let waiting: Gauge
    private let dead: Gauge

    init(group: String) {
        let dimensions = [("group", group)]
        self.appliedCount = Counter(label: "events_applied_total", dimensions: dimensions)
        self.parkedCount = Counter(label: "events_parked_total", dimensions: dimensions)
        self.redrivenCount = Counter(label: "events_redriven_total", dimensions: dimensions)
        self.failureCount = Counter(label: "events_consumer_failures_total", dimensions: dimensions)
        self.gapCount = Counter(label: "events_gaps_total", dimensions: dimensions)
        self.delay = Metrics.Timer(label: "events_delivery_seconds", dimensions: dimensions)
        self.waiting = Gauge(label: "events_parked", dimensions: dimensions)
        self.dead = Gauge(label: "events_dead", dimensions: dimensions)
        self.partitions = Gauge(label: "events_consumer_partitions", dimensions: dimensions)
    }

    func applied(_ events: [EventEnvelope]) {
        guard !events.isEmpty else { return }
        self.appliedCount.increment(by: events.count)
        let now = Date()
        for event in events {
            self.delay.recordNanoseconds(Int64(max(0, now.timeIntervalSince(event.time)) * 1e9))
        }
    }

    func parked() { self.parkedCount.increment() }
    func redriven() { self.redrivenCount.increment() }
    func failed() { self.failureCount.increment() }
    func gap() { self.gapCount.increment() }
    func parkingPlace(parked: Int, dead: Int) {
        self.waiting.record(parked)
        self.dead.record(dead)
    }

    func owned(_ count: Int) { self.partitions.record(count) }
}
