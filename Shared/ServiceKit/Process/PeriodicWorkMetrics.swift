import Foundation
import Metrics

/// What is measured of periodic work.
struct PeriodicWorkMetrics: Sendable {
    private let runs: Counter
    private let failures: Counter
    private let duration: Metrics.Timer
    private let lastSuccess: Gauge

    init(work: String) {
        self.init(prefix: "periodic_work", dimensions: [("work", work)])
    }

    /// Of work that takes a reading. A gauge that cannot be read any more keeps its last value, which must not pass for the
    /// present, so there is an alert on all samples: they have names of their own.
    init(sample: String) {
        self.init(prefix: "sample", dimensions: [("sample", sample)])
    }

    private init(prefix: String, dimensions: [(String, String)]) {
        self.runs = Counter(label: "\(prefix)_runs_total", dimensions: dimensions)
        self.failures = Counter(label: "\(prefix)_failures_total", dimensions: dimensions)
        self.duration = Metrics.Timer(label: "\(prefix)_duration_seconds", dimensions: dimensions)
        self.lastSuccess = Gauge(label: "\(prefix)_last_success_timestamp_seconds", dimensions: dimensions)
    }

    func finished(failed: Bool, duration: Duration) {
        self.runs.increment()
        self.duration.record(duration: duration)
        if failed { self.failures.increment() } else { self.lastSuccess.record(Date().timeIntervalSince1970) }
    }
}
