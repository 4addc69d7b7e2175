internal import Metrics

/// Counts and times the calls that a server answers. One for each method, made at start.
struct RPCServerMetrics: Sendable {
    private let duration: Metrics.Timer
    private let succeeded: Counter
    private let failed: [RPCError.Code: Counter]

    init(path: String) {
        func calls(_ status: String) -> Counter {
            Counter(label: "rpc_server_calls_total", dimensions: [("method", path), ("status", status)])
        }
        self.duration = Metrics.Timer(label: "rpc_server_duration_seconds", dimensions: [("method", path)])
        self.succeeded = calls("OK")
        self.failed = Dictionary(uniqueKeysWithValues: RPCError.Code.allCases.map { ($0, calls($0.name)) })
    }

    /// Notes the end of a call; `nil` is OK.
    func record(_ code: RPCError.Code?, _ duration: Duration) {
        self.duration.record(duration: duration)
        guard let code else { return self.succeeded.increment() }
        self.failed[code]?.increment()
    }
}
