/// All series of one name, which are of one kind.
struct MetricFamily: Sendable {
    struct Series: Sendable {
        /// Rendered: `a="1",b="2"`, or empty.
        var labels: String
        var cell: any MetricCell
        var order: Int
    }

    var kind: MetricKind
    var series: [String: Series] = [:]
}

/// The word after `# TYPE name`.
enum MetricKind: String, Sendable {
    case counter
    case gauge
    case histogram
}

/// One series' value.
protocol MetricCell: AnyObject, Sendable {
    func write(name: String, labels: String, to text: inout PrometheusText)
}
