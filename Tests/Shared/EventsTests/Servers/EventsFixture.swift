import Foundation
import Logging
import Postgres
import Redis
import Synchronization
import TestSupport
import Testing

@testable import Events

/// A database of its own on the test server, a topic of its own, and a numbered database of the test Redis that it may flush.
final class EventsFixture: Sendable {
    static var isAvailable: Bool { TestServers.postgres != nil && TestServers.redis != nil }
    /// The numbers of the Redis databases that no fixture uses; Redis has 16, and other tests use the first.
    private static let freeDatabases = Mutex(Array(1...15))

    let postgres: PostgresClient
    let redis: RedisClient
    let log: RedisEventLog
    let outbox: Outbox
    let topic: String

    private init(postgres: PostgresClient, redis: RedisClient) {
        self.topic = "t\(UInt32.random(in: 0 ... .max))"
        self.postgres = postgres
        self.redis = redis
        self.log = RedisEventLog(redis: redis)
        self.outbox = Outbox(topic: self.topic, source: "souk/test", partitions: 4)
    }

    /// Runs a test with a fresh fixture.
    static func with(_ body: @escaping @Sendable (EventsFixture) async throws -> Void) async throws {
        let url = TestServers.postgres ?? ""
        let name = "events_\(UInt32.random(in: 0 ... .max))"
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let admin = PostgresClient(configuration: try PostgresConfiguration(url: url).patient, logger: logger)
        try await Self.running(admin) {
            try await admin.execute("create database \(unescaped: name)")
            var configuration = try PostgresConfiguration(url: url.replacing(#/[^/]+$/#, with: name)).patient
            configuration.transactionConnections = 12
            let postgres = PostgresClient(configuration: configuration, logger: logger)
            let host = (TestServers.redis ?? "").split(separator: ":")
            var redisConfiguration = RedisConfiguration(host: String(host[0]), port: Int(host[1]) ?? 0).patient
            let number = try #require(Self.freeDatabases.withLock { $0.popLast() })
            defer { Self.freeDatabases.withLock { $0.append(number) } }
            redisConfiguration.database = number
            let redis = RedisClient(configuration: redisConfiguration, logger: logger)
            try await Self.running(postgres, redis) {
                let fixture = EventsFixture(postgres: postgres, redis: redis)
                try await fixture.migrate(logger)
                try await body(fixture)
            }
            try await admin.execute("drop database \(unescaped: name) with (force)")
        }
    }

    private static func running(
        _ postgres: PostgresClient, _ redis: RedisClient? = nil, _ body: () async throws -> Void
    ) async throws {
        let database = Task { await postgres.run() }
        let log = Task<Void, Never> { await redis?.run() }
        let result: Result<Void, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        database.cancel()
        log.cancel()
        await database.value
        await log.value
        try result.get()
    }

    private func migrate(_ logger: Logger) async throws {
        let tables = PostgresMigration(
            id: "V001_test",
            sql: """
                create table thing (id text primary key, version bigint not null default 0);
                create table effect (grp text, id text, version bigint, primary key (grp, id, version));
                create table seen (grp text, id text, version bigint not null, primary key (grp, id));
                """
        )
        try await PostgresMigrator(client: self.postgres, logger: logger)
            .apply([tables] + Outbox.migrations + Inbox.migrations)
    }

    // MARK: Writing

    /// Changes things in one transaction and tells of it, as a service does.
    func change(_ things: [String], pause: Duration = .zero, fails: Bool = false, outbox: Outbox? = nil) async throws {
        try await self.postgres.withTransaction { transaction in
            var events: [NewEvent] = []
            for thing in things {
                let rows = try await transaction.query(
                    """
                    insert into thing (id, version) values (\(thing), 1)
                    on conflict (id) do update set version = thing.version + 1 returning version
                    """
                )
                let version = try rows[0].decode(Int64.self)
                events.append(
                    try NewEvent(
                        type: "changed", payload: [UInt8](thing.utf8), key: thing, aggregateType: "thing",
                        aggregateVersion: version
                    )
                )
            }
            (outbox ?? self.outbox).append(events, in: transaction)
            if pause > .zero {
                // Statements that waited go out, so the ids are drawn before the pause.
                _ = try await transaction.query("select 1")
                try await Task.sleep(for: pause)
            }
            if fails { throw SimulatedCrash() }
        }
    }

    /// - Parameter poll: The pause between two looks of a relay that nobody wakes.
    func relay(_ outbox: Outbox? = nil, poll: ClosedRange<Duration> = Duration.milliseconds(50)...Duration.seconds(1)) -> OutboxRelay {
        var configuration = OutboxRelay.Configuration()
        configuration.minimumPoll = poll.lowerBound
        configuration.maximumPoll = poll.upperBound
        configuration.leaseDuration = .milliseconds(900)
        configuration.maintenanceInterval = .milliseconds(100)
        return OutboxRelay(outbox: outbox ?? self.outbox, postgres: self.postgres, log: self.log, configuration: configuration)
    }

    /// - Parameter readWait: How long one read waits for events.
    func consumer(_ group: String, _ handler: any EventHandler, readWait: Duration = .seconds(1)) -> EventConsumer {
        var configuration = EventConsumer.Configuration()
        configuration.readWait = readWait
        configuration.handlingTimeout = .seconds(60)
        configuration.heartbeatInterval = .milliseconds(100)
        configuration.memberTimeout = .milliseconds(700)
        configuration.poison.delays = [.milliseconds(5), .milliseconds(10)]
        configuration.poison.parkedDelay = .seconds(600)
        return EventConsumer(
            group: group, topics: [TopicSubscription(topic: self.topic, partitions: 4)], log: self.log,
            postgres: self.postgres, handler: handler, configuration: configuration
        )
    }

    // MARK: Looking

    func count(_ query: PostgresQuery) async throws -> Int64 {
        try await self.postgres.query(query)[0].decode(Int64.self)
    }

    /// How many changes were committed.
    func changes() async throws -> Int64 {
        try await self.count("select coalesce(sum(version), 0)::bigint from thing")
    }

    /// How many a group has applied.
    func effects(_ group: String) async throws -> Int64 {
        try await self.count("select count(*) from effect where grp = \(group)")
    }
}
