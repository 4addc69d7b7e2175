public import CoreMetrics
import Synchronization

/// A metrics factory that keeps all values in memory and shows them in the Prometheus text format 0.0.4.
///
/// Recording is a relaxed atomic operation: no lock, no allocation. A lock guards only the table of series, which is
/// used when a metric object is made and when `/metrics` is read. Keep metric objects; do not make them per request.
///
/// Names are made legal and get the usual endings: `_total` for counters, `_seconds` for timers. A family holds at most
/// ``maximumSeriesPerFamily`` label sets; what comes later is counted together under `overflow="true"`, so that a label
/// with unbounded values cannot eat the memory.
public final class PrometheusRegistry: MetricsFactory {
    /// The bound of label sets in one family.
    public let maximumSeriesPerFamily: Int

    private let durationBuckets: [Double]
    private let sizeBuckets: [Double]
    private let state = Mutex(State())

    struct State {
        var families: [String: MetricFamily] = [:]
        var help: [String: String] = [:]
        var collectors: [@Sendable (inout PrometheusText) -> Void] = []
    }

    /// Creates an empty registry.
    ///
    /// - Parameters:
    ///   - durationBuckets: Upper bounds, in seconds and ascending, of the timers' buckets.
    ///   - sizeBuckets: Upper bounds, ascending, of aggregating recorders.
    ///   - maximumSeriesPerFamily: The bound of label sets in one family.
    public init(
        durationBuckets: [Double] = HistogramBuckets.durations,
        sizeBuckets: [Double] = HistogramBuckets.sizes,
        maximumSeriesPerFamily: Int = 1_000
    ) {
        self.durationBuckets = durationBuckets
        self.sizeBuckets = sizeBuckets
        self.maximumSeriesPerFamily = maximumSeriesPerFamily
    }

    /// Says in words what a family counts, and in which unit.
    ///
    /// - Parameters:
    ///   - name: The name as it is exported, with its ending.
    ///   - help: One sentence.
    public func describe(_ name: String, help: String) {
        self.state.withLock { $0.help[name] = help }
    }

    /// Adds values that are read only when somebody asks for them, such as the memory of the process.
    public func addCollector(_ collector: @escaping @Sendable (inout PrometheusText) -> Void) {
        self.state.withLock { $0.collectors.append(collector) }
    }

    /// All metrics in the text format 0.0.4, families in the order of their names.
    public func text() -> String {
        let (families, help, collectors) = self.state.withLock { ($0.families, $0.help, $0.collectors) }
        var text = PrometheusText()
        for (name, family) in families.sorted(by: { $0.key < $1.key }) {
            text.family(name, type: family.kind.rawValue, help: help[name])
            for series in family.series.values.sorted(by: { $0.order < $1.order }) {
                series.cell.write(name: name, labels: series.labels, to: &text)
            }
        }
        for collector in collectors { collector(&text) }
        return text.text
    }

    // MARK: MetricsFactory

    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        self.cell(MetricName.counter(label), .counter, dimensions) { CounterCell() }
    }

    public func makeFloatingPointCounter(label: String, dimensions: [(String, String)]) -> any FloatingPointCounterHandler {
        self.cell(MetricName.counter(label), .counter, dimensions) { FloatingPointCounterCell() }
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        self.cell(MetricName.legal(label), .gauge, dimensions) { GaugeCell() }
    }

    public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        let name = MetricName.legal(label)
        if aggregate {
            return self.cell(name, .histogram, dimensions) { HistogramCell(bounds: self.sizeBuckets) }
        }
        return self.cell(name, .gauge, dimensions) { GaugeCell() }
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        self.cell(MetricName.timer(label), .histogram, dimensions) { HistogramCell(bounds: self.durationBuckets) }
    }

    public func destroyCounter(_ handler: any CounterHandler) { self.remove(handler) }
    public func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { self.remove(handler) }
    public func destroyMeter(_ handler: any MeterHandler) { self.remove(handler) }
    public func destroyRecorder(_ handler: any RecorderHandler) { self.remove(handler) }
    public func destroyTimer(_ handler: any TimerHandler) { self.remove(handler) }

    // MARK: The table

    private func cell<Cell: MetricCell>(
        _ name: String,
        _ kind: MetricKind,
        _ dimensions: [(String, String)],
        _ make: () -> Cell
    ) -> Cell {
        let labels = MetricName.labels(dimensions)
        return self.state.withLock { state in
            var family = state.families[name] ?? MetricFamily(kind: kind)
            // Two kinds under one name cannot be shown; the second one counts where nobody looks.
            guard family.kind == kind else { return make() }
            let known = family.series[labels] != nil
            let key = known || family.series.count < self.maximumSeriesPerFamily ? labels : MetricName.overflowLabels
            if let existing = family.series[key]?.cell {
                return existing as? Cell ?? make()
            }
            let cell = make()
            family.series[key] = MetricFamily.Series(labels: key, cell: cell, order: family.series.count)
            state.families[name] = family
            return cell
        }
    }

    private func remove(_ handler: AnyObject) {
        self.state.withLock { state in
            for (name, family) in state.families {
                if let key = family.series.first(where: { $0.value.cell === handler })?.key {
                    state.families[name]?.series[key] = nil
                    if state.families[name]?.series.isEmpty == true { state.families[name] = nil }
                    return
                }
            }
        }
    }
}
