import CoreMetrics
import Synchronization

/// A histogram. A record touches one bucket and the sum; the cumulative counts that the format wants are made when
/// somebody reads.
final class HistogramCell: TimerHandler, RecorderHandler, MetricCell {
    private final class Bucket: Sendable {
        let count = Atomic<UInt64>(0)
    }

    private let bounds: [Double]
    private let buckets: [Bucket]
    private let sum = AtomicDouble(0)

    init(bounds: [Double]) {
        self.bounds = bounds
        self.buckets = (0...bounds.count).map { _ in Bucket() }
    }

    func recordNanoseconds(_ duration: Int64) { self.record(Double(duration) / 1e9) }
    func record(_ value: Int64) { self.record(Double(value)) }

    func record(_ value: Double) {
        guard !value.isNaN else { return }
        self.buckets[self.index(for: value)].count.wrappingAdd(1, ordering: .relaxed)
        self.sum.add(value)
    }

    /// The first bucket whose bound is not below the value; the last one has no bound.
    private func index(for value: Double) -> Int {
        var low = 0
        var high = self.bounds.count
        while low < high {
            let middle = (low + high) / 2
            if value <= self.bounds[middle] { high = middle } else { low = middle + 1 }
        }
        return low
    }

    func write(name: String, labels: String, to text: inout PrometheusText) {
        let prefix = labels.isEmpty ? "" : labels + ","
        var cumulative: UInt64 = 0
        for (index, bucket) in self.buckets.enumerated() {
            cumulative += bucket.count.load(ordering: .relaxed)
            let bound = index < self.bounds.count ? PrometheusText.number(self.bounds[index]) : "+Inf"
            text.sample("\(name)_bucket", labels: "\(prefix)le=\"\(bound)\"", text: String(cumulative))
        }
        text.sample("\(name)_sum", labels: labels, self.sum.load())
        text.sample("\(name)_count", labels: labels, text: String(cumulative))
    }
}
