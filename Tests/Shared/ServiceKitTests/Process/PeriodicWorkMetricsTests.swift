import Metrics
import Telemetry
import Testing

@testable import ServiceKit

@Suite struct PeriodicWorkMetricsTests {
    /// `SamplesStale` and a dashboard ask for these names.
    @Test func samplesHaveNamesOfTheirOwn() {
        let registry = PrometheusRegistry()
        let metrics = withMetricsFactory(registry) { PeriodicWorkMetrics(sample: "outbox") }
        metrics.finished(failed: false, duration: .milliseconds(20))
        let text = registry.text()
        #expect(text.contains("sample_runs_total{sample=\"outbox\"} 1\n"))
        #expect(text.contains("sample_duration_seconds_count{sample=\"outbox\"} 1\n"))
        #expect(text.contains("sample_last_success_timestamp_seconds{sample=\"outbox\"} 1"))
        #expect(!text.contains("periodic_work"))
    }
}
