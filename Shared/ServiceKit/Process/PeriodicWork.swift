public import Logging
import Metrics
import Resilience
public import ServiceLifecycle

/// Work that is done again and again as long as the process runs: cleaning up, looking for what is overdue, measuring.
///
/// It runs once at the start, and then whenever the interval has passed since the last run ended. A run that fails is tried
/// again sooner, after a second at first. A run has a deadline, at which it is cancelled and counts as failed; inside it is
/// `CallScope.current.deadline`. At a graceful shutdown the pause between two runs ends at once and a run under way is
/// cancelled, so the work must be such that it can be broken off: transactions, or steps that can be taken again.
///
/// Metrics, with the label `work`: `periodic_work_runs_total`, `periodic_work_failures_total`,
/// `periodic_work_duration_seconds` and `periodic_work_last_success_timestamp_seconds`, in seconds since 1970.
public struct PeriodicWork: Service {
    private let name: String
    private let pauses: PeriodicPauses
    private let deadline: Duration
    private let logger: Logger
    private let clock: any Clock<Duration>
    private let metrics: PeriodicWorkMetrics
    private let work: @Sendable () async throws -> Void

    /// - Parameters:
    ///   - name: In logs and metrics, such as `old-carts`.
    ///   - interval: From the end of a run to the start of the next one.
    ///   - jitter: By which part of it the interval varies at random, so that instances do not run in step. Defaults to 0.1.
    ///   - deadline: How long one run may take.
    ///   - logger: Told of runs that fail: of the first in a row, and then ever more rarely.
    ///   - clock: For tests.
    ///   - work: One run.
    public init(
        _ name: String,
        every interval: Duration,
        jitter: Double = 0.1,
        deadline: Duration,
        logger: Logger,
        clock: any Clock<Duration> = ContinuousClock(),
        _ work: @escaping @Sendable () async throws -> Void
    ) {
        self.init(
            name, pauses: PeriodicPauses(interval: interval, jitter: jitter), deadline: deadline,
            metrics: PeriodicWorkMetrics(work: name), logger: logger, clock: clock, work)
    }

    /// Work with pauses and metrics of another kind than the usual ones.
    init(
        _ name: String,
        pauses: PeriodicPauses,
        deadline: Duration,
        metrics: PeriodicWorkMetrics,
        logger: Logger,
        clock: any Clock<Duration> = ContinuousClock(),
        _ work: @escaping @Sendable () async throws -> Void
    ) {
        self.name = name
        self.pauses = pauses
        self.deadline = deadline
        self.logger = logger
        self.clock = clock
        self.metrics = metrics
        self.work = work
    }

    /// Runs the work until the process shuts down or the task is cancelled. Never throws.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            var failures = 0
            while !Task.isCancelled {
                let start = ContinuousClock.now
                failures = await self.runOnce(failuresBefore: failures)
                let took = start.duration(to: .now)
                let pause = self.pauses.next(afterFailures: failures, took: took, random: Double.random(in: 0...1))
                try? await self.clock.sleep(for: pause)
            }
        }
    }

    /// - Returns: How many runs have failed in a row.
    private func runOnce(failuresBefore failures: Int) async -> Int {
        let start = ContinuousClock.now
        do {
            try await self.workInTime()
            self.metrics.finished(failed: false, duration: .now - start)
            if failures > 0 { self.logger.info("Periodic work succeeds again", metadata: self.metadata(failures)) }
            return 0
        } catch {
            guard !Task.isCancelled else { return 0 }
            self.metrics.finished(failed: true, duration: .now - start)
            // The first, the second, the fourth, the eighth: a database that is away for an hour is not news each second.
            let isNews = (failures + 1).nonzeroBitCount == 1
            var metadata = self.metadata(failures + 1)
            metadata["reason"] = "\(error)"
            self.logger.log(level: isNews ? .warning : .debug, "Periodic work failed", metadata: metadata)
            return failures + 1
        }
    }

    private func workInTime() async throws {
        try await withTimeout(self.deadline, clock: self.clock) {
            try await withDeadline(.after(self.deadline)) { try await self.work() }
        }
    }

    private func metadata(_ failures: Int) -> Logger.Metadata {
        ["work": "\(self.name)", "failures": "\(failures)"]
    }
}
