import Foundation
import Metrics

/// What is measured of periodic work.
struct PeriodicWorkMetrics: Sendable {
    private let runs: Counter
    private let failures: Counter
    private let duration: Metrics.Timer
    private let lastSuccess: Gauge

    init(work: String) {
        let dimensions = [("work", work)]
        self.runs = Counter(label: "periodic_work_runs_total", dimensions: dimensions)
        self.failures = Counter(label: "periodic_work_failures_total", dimensions: dimensions)
        self.duration = Metrics.Timer(label: "periodic_work_duration_seconds", dimensions: dimensions)
        self.lastSuccess = Gauge(label: "periodic_work_last_success_timestamp_seconds", dimensions: dimensions)
    }

    func finished(failed: Bool, duration: Duration) {
        self.runs.increment()
        self.duration.record(duration: duration)
        if failed { self.failures.increment() } else { self.lastSuccess.record(Date().timeIntervalSince1970) }
    }
}
