internal import Foundation
public import Logging
public import Postgres
internal import Redis
internal import Resilience
public import ServiceLifecycle
internal import Synchronization
internal import Tracing

/// Applies the events of one or more topics to a service's database, each exactly once in effect.
///
/// The position in each partition is a row that moves in the same transaction as the effects. The partitions are divided among
/// the live instances of the group, fairly; when one dies the others take over within ``Configuration/memberTimeout`` and a
/// second, when it leaves within a second. Should two believe to hold one partition, the cursor's row lock makes that harmless.
///
/// An event that cannot be applied is tried again in place, then parked with the later events of its aggregate, while
/// all others go on. Failures of the database and the log are retried for ever.
public final class EventConsumer: Service {
    /// The consumer's bounds and patience.
    public struct Configuration: Sendable {
        /// The most events applied in one transaction. Defaults to 100.
        public var batchSize = 100
        /// The most events handled in one transaction; those that are passed over do not count. Defaults to all of the batch.
        ///
        /// Set it to 1 where handling locks several rows: a transaction keeps its locks to its end, so two batches that each
        /// lock in order may still wait for each other crosswise.
        public var handledPerTransaction = Int.max
        /// How long a read waits for events. Defaults to 1 s.
        public var readWait: Duration = .seconds(1)
        /// How often membership is renewed, positions are reported and parked events are looked after. Defaults to 1 s.
        public var heartbeatInterval: Duration = .seconds(1)
        /// After so much silence a member counts as dead. Defaults to 4 s.
        public var memberTimeout: Duration = .seconds(4)
        /// The longest that a batch may take. Defaults to 10 s.
        public var handlingTimeout: Duration = .seconds(10)
        /// What happens to events that cannot be applied.
        public var poison = PoisonPolicy()

        /// The defaults.
        public init() {}
    }

    let group: String
    let partitions: [LogPartition]
    let log: any EventLog
    let configuration: Configuration
    let metrics: ConsumerMetrics
    let logger: Logger
    let store: PostgresInboxStore
    let engine: ConsumerEngine<PostgresInboxStore>
    let table = Mutex(PartitionTable())
    let changed = WakeSignal()
    /// Set when there are parked events that may be tried again.
    let mayRetry = WakeSignal()
    /// Names this instance in the group.
    let member = UUID().uuidString.lowercased()

    /// A consumer; it works in ``run()``.
    ///
    /// - Parameters:
    ///   - group: Who reads; all instances of a service have the same group. Other groups read the same events for themselves.
    ///   - topics: What is read.
    ///   - log: Where from.
    ///   - postgres: The service's database, with ``Inbox/migrations`` applied.
    ///   - handler: What is done with an event.
    ///   - configuration: Bounds and patience.
    ///   - logger: Told what is retried, parked and redriven.
    public init(
        group: String, topics: [TopicSubscription], log: any EventLog, postgres: PostgresClient, handler: any EventHandler,
        configuration: Configuration = Configuration(), logger: Logger = Logger(label: "events.consumer")
    ) {
        let metrics = ConsumerMetrics(group: group)
        let types = handler.handledTypes
        self.group = group
        self.partitions = topics.flatMap(\.all)
        self.log = log
        self.configuration = configuration
        self.metrics = metrics
        self.logger = logger
        self.store = PostgresInboxStore(postgres: postgres, group: group)
        self.engine = ConsumerEngine(
            store: self.store, policy: configuration.poison,
            handledPerTransaction: max(1, configuration.handledPerTransaction), metrics: metrics, logger: logger,
            isHandled: { types.contains($0) },
            handle: { event, transaction in
                try await withSpan(
                    "consume \(event.type)", context: TraceCarrier.context(of: event.traceparent), ofKind: .consumer
                ) { _ in
                    try await handler.handle(event, in: transaction)
                }
            },
            isTransient: { Self.isOfTheInfrastructure($0) || handler.isTransient($0) }
        )
    }

    /// Whether the database, the log or a policy is the reason, and no event.
    static func isOfTheInfrastructure(_ error: any Error) -> Bool {
        switch error {
        case let error as PostgresError:
            error.isRetriable || error.isCommitUnknown || [.connection, .timeout, .overloaded, .closed].contains(error.code)
        case let error as EventError: error.code == .misconfigured
        default: error is RedisError || error is ResilienceRejection
        }
    }

    /// Consumes until graceful shutdown or cancellation; then finishes the batch under work and leaves the group.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            await self.prepare()
            await withDiscardingTaskGroup { group in
                group.addTask { await self.keepLeases() }
                group.addTask { await self.retryParked() }
                await self.consume()
                group.cancelAll()
            }
        }
        await withDeadline(.after(.seconds(2))) {
            do {
                try await self.log.report(self.table.withLock { $0.takeReports() }, of: self.group)
                try await self.store.leave(member: self.member)
            } catch {
                self.report(error)
            }
        }
    }

    private func prepare() async {
        while !Task.isCancelled {
            do {
                return try await self.store.prepare(self.partitions)
            } catch {
                self.report(error)
                await self.changed.wait(atMost: .seconds(1))
            }
        }
    }

    func report(_ error: any Error) {
        // Told to stop: that is no failure.
        if Task.isCancelled { return }
        self.metrics.failed()
        self.logger.warning(
            "Consumer failed and tries again",
            metadata: [LogKey.group: "\(self.group)", LogKey.error: "\(String(reflecting: error))"]
        )
    }
}
