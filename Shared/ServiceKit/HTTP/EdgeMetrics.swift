import HTTPTypes
import Hummingbird
import Metrics
import Synchronization

/// Rate, errors and duration of each route. Metric objects are made at a route's first request and kept.
final class EdgeMetrics: Sendable {
    private struct Key: Hashable {
        var route: String
        var method: String
        var status: Int
    }

    private let timers = Mutex<[Key: Metrics.Timer]>([:])
    private let shedCounter = Counter(label: "http_server_requests_shed_total")
    private static let methods: Set<String> = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

    private let inFlight = Meter(label: "http_server_requests_in_flight")

    func began() { self.inFlight.increment() }
    func ended() { self.inFlight.decrement() }

    func shed() {
        self.shedCounter.increment()
    }

    /// - Parameter route: The template of the path, never the path itself, whose values are without bound.
    func record(_ request: Request, route: String?, status: HTTPResponse.Status, duration: Duration) {
        let method = request.method.rawValue
        let key = Key(route: route ?? "none", method: Self.methods.contains(method) ? method : "other", status: status.code)
        let timer = self.timers.withLock { timers in
            if let timer = timers[key] { return timer }
            let timer = Metrics.Timer(
                label: "http_server_request_duration_seconds",
                dimensions: [("route", key.route), ("method", key.method), ("status", String(key.status))]
            )
            timers[key] = timer
            return timer
        }
        let (seconds, attoseconds) = duration.components
        timer.recordNanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
