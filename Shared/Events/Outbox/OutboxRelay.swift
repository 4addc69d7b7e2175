internal import Foundation
public import Logging
public import Postgres
internal import Resilience
public import ServiceLifecycle

/// Publishes an outbox to the log.
///
/// Every instance of a service runs one; together they share the partitions by leases, and the first takes all that are free,
/// so that one look serves all partitions. The others pass on a nudge when something was written in their process, and take
/// over when the owner is silent for ``Configuration/leaseDuration``, at once when it leaves.
///
/// Failures of the database and the log are retried for ever, with back-off; nothing is lost meanwhile.
public final class OutboxRelay: Service {
    /// The relay's patience.
    public struct Configuration: Sendable {
        /// How long a lease holds without renewal; renewed at a third of it. Defaults to 5 s.
        public var leaseDuration: Duration = .seconds(5)
        /// The least time between the beginnings of two looks when the last one found events. A lone event does not wait
        /// for it; what follows it within that time does, so that under load a look finds several. Defaults to 20 ms.
        public var minimumSpacing: Duration = .milliseconds(20)
        /// The first pause after the last event, for events that came without a wake. Defaults to 50 ms.
        public var minimumPoll: Duration = .milliseconds(50)
        /// The pause when nothing comes for a while. Defaults to 1 s.
        public var maximumPoll: Duration = .seconds(1)
        /// How often the log is looked after: its end, requests, trimming. Defaults to 1 s.
        public var maintenanceInterval: Duration = .seconds(1)
        /// How often old events are dropped. Defaults to 10 minutes.
        public var expiryInterval: Duration = .seconds(600)

        /// The defaults.
        public init() {}

        /// For events that tell what has happened and that nobody waits for: a look has ten times as long to find several.
        public static var unhurried: Configuration {
            var configuration = Configuration()
            configuration.minimumSpacing = .milliseconds(200)
            return configuration
        }
    }

    /// How long it waits after failures before it tries again.
    private static let patience = Backoff(base: .milliseconds(50), maximum: .seconds(1))

    private let outbox: Outbox
    private let postgres: PostgresClient
    private let log: any EventLog
    private let configuration: Configuration
    private let logger: Logger
    private let metrics: RelayMetrics

    /// A relay of an outbox to a log; it works in ``run()``.
    public init(
        outbox: Outbox, postgres: PostgresClient, log: any EventLog, configuration: Configuration = Configuration(),
        logger: Logger = Logger(label: "events.relay")
    ) {
        self.outbox = outbox
        self.postgres = postgres
        self.log = log
        self.configuration = configuration
        self.logger = logger
        self.metrics = RelayMetrics(topic: outbox.topic)
    }

    /// Publishes until graceful shutdown or cancellation; then publishes what is left and gives the leases back.
    ///
    /// - Throws: ``EventError`` with `misconfigured`, at once.
    public func run() async throws {
        let store = PostgresOutboxStore(postgres: self.postgres)
        let owner = UUID().uuidString
        try await cancelWhenGracefulShutdown {
            try await self.prepare(store)
            await withDiscardingTaskGroup { group in
                group.addTask { await self.listenForNudges() }
                await self.relay(store, owner)
                group.cancelAll()
            }
        }
        await self.leave(store, owner)
    }

    private func prepare(_ store: PostgresOutboxStore) async throws {
        while !Task.isCancelled {
            do {
                return try await store.prepare(partitions: self.outbox.partitions)
            } catch let error as EventError {
                throw error
            } catch {
                self.report(error)
                await self.outbox.signal.wait(atMost: .seconds(1))
            }
        }
    }

    private func engine(_ store: PostgresOutboxStore, _ owner: String) -> RelayEngine<PostgresOutboxStore> {
        RelayEngine(
            topic: self.outbox.topic, source: self.outbox.source, owner: owner,
            leaseDuration: self.configuration.leaseDuration, store: store, log: self.log, metrics: self.metrics,
            logger: self.logger
        )
    }

    private func relay(_ store: PostgresOutboxStore, _ owner: String) async {
        var engine = self.engine(store, owner)
        var schedule = RelaySchedule(self.configuration, now: .now)
        var idle = IdleBackoff(from: self.configuration.minimumPoll, to: self.configuration.maximumPoll)
        var failures = BackoffCore(Self.patience)
        while !Task.isCancelled {
            do {
                let begin = ContinuousClock.now
                let count = try await self.round(&engine, &schedule)
                failures = BackoffCore(Self.patience)
                schedule.looked(at: begin, found: count)
                // A cancelled sleep ends the loop.
                if ContinuousClock.now < schedule.nextLook { try? await Task.sleep(until: schedule.nextLook, clock: .continuous) }
                let pause = idle.pause(foundWork: count > 0)
                if await self.outbox.signal.wait(atMost: pause), engine.publishers.isEmpty {
                    // Perhaps the owner has left.
                    schedule.hurryLease(at: .now)
                }
            } catch {
                if Task.isCancelled { return }
                self.report(error)
                engine.forgetTails()
                await self.outbox.signal.wait(atMost: failures.next(random: .random(in: 0..<1)))
            }
        }
    }

    private func round(
        _ engine: inout RelayEngine<PostgresOutboxStore>, _ schedule: inout RelaySchedule
    ) async throws -> Int {
        if schedule.isLeaseDue(at: .now) {
            let before = engine.publishers.count
            try await engine.renewLeases()
            if engine.publishers.count > before { try await engine.recallPositions() }
        }
        let writes = self.outbox.writeCount
        let count = try await engine.relay()
        if engine.publishers.count < self.outbox.partitions, schedule.hasWrites(writes) {
            try await self.log.nudge(topic: self.outbox.topic)
        }
        if schedule.isMaintenanceDue(at: .now) { try await engine.maintain() }
        if schedule.isExpiryDue(at: .now), !engine.publishers.isEmpty { try await engine.expire() }
        return count
    }

    private func listenForNudges() async {
        var failures = BackoffCore(Self.patience)
        while !Task.isCancelled {
            do {
                if try await self.log.awaitNudge(of: self.outbox.topic, atMost: .seconds(5)) { self.outbox.signal.wake() }
                failures = BackoffCore(Self.patience)
            } catch {
                // The relay itself reports that the log is away. A cancelled sleep ends the loop.
                try? await Task.sleep(for: failures.next(random: .random(in: 0..<1)))
            }
        }
    }

    /// The last round, without the leases' timer, and the way out.
    private func leave(_ store: PostgresOutboxStore, _ owner: String) async {
        await withDeadline(.after(.seconds(3))) {
            var engine = self.engine(store, owner)
            do {
                try await engine.renewLeases()
                _ = try await engine.relay()
                try await engine.release()
                try await self.log.nudge(topic: self.outbox.topic)
            } catch {
                self.report(error)
            }
        }
    }

    private func report(_ error: any Error) {
        // Told to stop: that is no failure.
        if Task.isCancelled { return }
        self.metrics.failed()
        self.logger.warning(
            "Relay failed and tries again",
            metadata: [LogKey.topic: "\(self.outbox.topic)", LogKey.error: "\(String(reflecting: error))"]
        )
    }
}
