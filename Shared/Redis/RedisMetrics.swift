internal import Metrics

/// The client's instruments, labelled by the client's name.
struct RedisMetrics: Sendable {
    private let duration: Timer
    private let failures: Counter
    private let connects: Counter
    private let disconnects: Counter

    init(client: String) {
        let dimensions = [("client", client)]
        self.duration = Timer(label: "redis_command_duration_seconds", dimensions: dimensions)
        self.failures = Counter(label: "redis_command_failures_total", dimensions: dimensions)
        self.connects = Counter(label: "redis_connects_total", dimensions: dimensions)
        self.disconnects = Counter(label: "redis_disconnects_total", dimensions: dimensions)
    }

    func finished(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self.duration.recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }

    func failed() { self.failures.increment() }
    func connected() { self.connects.increment() }
    func disconnected() { self.disconnects.increment() }
}
