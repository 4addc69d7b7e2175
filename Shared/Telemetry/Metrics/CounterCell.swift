import CoreMetrics
import Synchronization

/// A whole number that only grows.
final class CounterCell: CounterHandler, MetricCell {
    private let value = Atomic<Int64>(0)

    func increment(by amount: Int64) {
        self.value.wrappingAdd(amount, ordering: .relaxed)
    }

    func reset() {
        self.value.store(0, ordering: .relaxed)
    }

    func write(name: String, labels: String, to text: inout PrometheusText) {
        text.sample(name, labels: labels, text: String(self.value.load(ordering: .relaxed)))
    }
}
