import CoreMetrics

/// A number with a fraction that only grows.
final class FloatingPointCounterCell: FloatingPointCounterHandler, MetricCell {
    private let value = AtomicDouble(0)

    func increment(by amount: Double) {
        guard amount >= 0 else { return }
        self.value.add(amount)
    }

    func reset() {
        self.value.store(0)
    }

    func write(name: String, labels: String, to text: inout PrometheusText) {
        text.sample(name, labels: labels, self.value.load())
    }
}
