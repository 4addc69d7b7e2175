import CoreMetrics

/// A number that goes up and down; also what a recorder without aggregation shows.
final class GaugeCell: MeterHandler, RecorderHandler, MetricCell {
    private let value = AtomicDouble(0)

    func set(_ value: Int64) { self.value.store(Double(value)) }
    func set(_ value: Double) { self.value.store(value) }
    func increment(by amount: Double) { self.value.add(amount) }
    func decrement(by amount: Double) { self.value.add(-amount) }
    func record(_ value: Int64) { self.value.store(Double(value)) }
    func record(_ value: Double) { self.value.store(value) }

    func write(name: String, labels: String, to text: inout PrometheusText) {
        text.sample(name, labels: labels, self.value.load())
    }
}
