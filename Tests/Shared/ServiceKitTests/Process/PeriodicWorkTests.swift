import Logging
import Metrics
import ServiceKit
import ServiceLifecycle
import Synchronization
import Telemetry
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct PeriodicWorkTests {
    private struct Failure: Error {}

    private let clock = TestClock()
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private func work(
        _ name: String = "work",
        deadline: Duration = .seconds(7),
        _ body: @escaping @Sendable () async throws -> Void
    ) -> PeriodicWork {
        PeriodicWork(name, every: .seconds(60), jitter: 0, deadline: deadline, logger: self.logger, clock: self.clock, body)
    }

    /// Waits until the work pauses for so long.
    ///
    /// A run's own time limit sleeps on the same clock: those sleepers are passed over.
    private func pause(of duration: Duration) async {
        while await self.clock.nextSleeper() != self.clock.now.advanced(by: duration) {}
    }

    @Test func runsAtOnceAndAfterEachInterval() async throws {
        let runs = Mutex(0)
        try await Self.running(self.work { runs.withLock { $0 += 1 } }) {
            await self.pause(of: .seconds(60))
            #expect(runs.withLock { $0 } == 1)
            self.clock.advance(by: .seconds(59))
            #expect(runs.withLock { $0 } == 1)
            self.clock.advance(by: .seconds(1))
            await self.pause(of: .seconds(60))
            #expect(runs.withLock { $0 } == 2)
        }
    }

    @Test func triesAgainSoonerAfterAFailure() async throws {
        let runs = Mutex(0)
        let work = self.work {
            let run = runs.withLock { runs in
                runs += 1
                return runs
            }
            if run < 4 { throw Failure() }
        }
        try await Self.running(work) {
            for seconds in [1, 2, 4, 60] {
                await self.pause(of: .seconds(seconds))
                self.clock.advance(by: .seconds(seconds))
            }
            await self.pause(of: .seconds(60))
            #expect(runs.withLock { $0 } == 5)
        }
    }

    @Test func aRunThatTakesTooLongIsCancelledAndFails() async throws {
        let wasCancelled = Mutex(false)
        let clock = self.clock
        let work = self.work {
            do {
                try await clock.sleep(for: .seconds(1_000))
            } catch {
                wasCancelled.withLock { $0 = true }
                throw error
            }
        }
        try await Self.running(work) {
            // The work itself and its time limit, in either order.
            for _ in 0..<2 { _ = await self.clock.nextSleeper() }
            self.clock.advance(by: .seconds(7))
            await self.pause(of: .seconds(1))
            #expect(wasCancelled.withLock { $0 })
        }
    }

    @Test(arguments: [true, false]) func endsAtOnceAtAShutdown(duringARun: Bool) async throws {
        let clock = self.clock
        let work = self.work { if duringARun { try await clock.sleep(for: .seconds(1_000)) } }
        try await Self.running(work) {
            if duringARun {
                for _ in 0..<2 { _ = await self.clock.nextSleeper() }
            } else {
                await self.pause(of: .seconds(60))
            }
        }
        // It has ended although the clock stands still.
        #expect(self.clock.now == TestClock.Instant())
    }

    @Test func countsRunsFailuresAndTheLastSuccess() async throws {
        let registry = PrometheusRegistry()
        let name = "counted"
        let work = withMetricsFactory(registry) { self.work(name) { throw Failure() } }
        try await Self.running(work) {
            await self.pause(of: .seconds(1))
            self.clock.advance(by: .seconds(1))
            await self.pause(of: .seconds(2))
        }
        let text = registry.text()
        #expect(text.contains("periodic_work_runs_total{work=\"counted\"} 2\n"))
        #expect(text.contains("periodic_work_failures_total{work=\"counted\"} 2\n"))
        #expect(text.contains("periodic_work_duration_seconds_count{work=\"counted\"} 2\n"))
        #expect(!text.contains("periodic_work_last_success_timestamp_seconds{work=\"counted\"} 1"))

        let good = withMetricsFactory(registry) { self.work(name) {} }
        try await Self.running(good) { await self.pause(of: .seconds(60)) }
        #expect(registry.text().contains("periodic_work_last_success_timestamp_seconds{work=\"counted\"} 1"))
    }

    /// Runs the work in a service group, shuts it down gracefully and waits for its end.
    private static func running(_ work: PeriodicWork, _ body: () async throws -> Void) async throws {
        let group = ServiceGroup(services: [work], logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            try await body()
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }
}
