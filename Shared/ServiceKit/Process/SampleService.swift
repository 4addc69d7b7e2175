import Foundation
import Logging
import Metrics
import Resilience
import ServiceLifecycle

/// Takes one reading again and again, and says when it last worked: a gauge that cannot be read any more keeps its last
/// value, which must not pass for the present.
struct SampleService: Service {
    /// A reading takes at most a fiftieth of the time, unless that made it older than six intervals.
    private static let share = 50
    private static let longestPause = 6

    let name: String
    let interval: Duration
    let logger: Logger
    let take: @Sendable () async throws -> Void
    private let lastSuccess: Gauge
    private let duration: Gauge

    init(name: String, interval: Duration, logger: Logger, take: @escaping @Sendable () async throws -> Void) {
        self.name = name
        self.interval = interval
        self.logger = logger
        self.take = take
        self.lastSuccess = Gauge(label: "sample_last_success_timestamp_seconds", dimensions: [("sample", name)])
        self.duration = Gauge(label: "sample_duration_seconds", dimensions: [("sample", name)])
    }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let took = await self.takeOnce()
                // A cancelled pause ends the loop.
                try? await Task.sleep(for: Self.pause(after: took, interval: self.interval))
            }
        }
    }

    /// The pause after a reading: the interval, or up to six of them when the reading took long.
    static func pause(after took: Duration, interval: Duration) -> Duration {
        max(interval, min(took * self.share, interval * self.longestPause))
    }

    private func takeOnce() async -> Duration {
        let start = ContinuousClock.now
        do {
            try await withDeadline(.after(.seconds(10))) { try await self.take() }
            self.lastSuccess.record(Date().timeIntervalSince1970)
        } catch {
            if !Task.isCancelled {
                self.logger.warning("A sample could not be taken", metadata: ["sample": "\(self.name)", "error": "\(error)"])
            }
        }
        let took = start.duration(to: .now)
        self.duration.record(took / .seconds(1))
        return took
    }
}
