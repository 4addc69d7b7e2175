import Logging
import Postgres
import Resilience
import TestSupport
import Testing

/// What is promised when connections, callers and time break.
@Suite(.enabled(if: TestServers.postgres != nil), .timeLimit(.minutes(5)))
struct PostgresFaultTests {
    @Test func killedBackendsAreReplacedTransparently() async throws {
        try await TestDatabase.with({ $0.applicationName = "souk-killed" }) { client, database in
            try await client.withTransaction { _ = try await $0.query("select 1") }
            try await database.client { killer in
                for _ in 0..<3 {
                    try await killer.query(
                        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'souk-killed'"
                    ).forEach { _ in }
                    let recovered = await eventually {
                        do {
                            _ = try await client.query("select 1")
                            try await client.withTransaction { _ = try await $0.query("select 1") }
                            return true
                        } catch {
                            return false
                        }
                    }
                    #expect(recovered)
                }
            }
        }
    }

    @Test func aClientMayBeForgottenWhileItConnects() async throws {
        let start = ContinuousClock.now
        try await Self.forgottenClient { working in try await working.value }
        // From before the first packet to after the last one, as long as that takes on this machine.
        let whole = min(start.duration(to: .now), .milliseconds(200))
        for step in 0..<60 {
            try await Self.forgottenClient { _ in try await Task.sleep(for: whole * step / 60) }
        }
        // Whatever was on its way then comes back to nobody; the loop that all clients share must live.
        try await TestDatabase.with { client, _ in
            let rows = try await client.query("select 1")
            #expect(rows.count == 1)
        }
    }

    /// Runs a client that connects and works for as long as the closure takes, and forgets it.
    private static func forgottenClient(after body: (Task<Void, any Error>) async throws -> Void) async throws {
        let configuration = try PostgresConfiguration(url: try #require(TestServers.postgres)).patient
        let client = PostgresClient(configuration: configuration, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let running = Task { await client.run() }
        let working = Task { try await client.withTransaction { _ = try await $0.query("select 1") } }
        try await body(working)
        working.cancel()
        running.cancel()
        await running.value
        _ = await working.result
    }

    @Test func aStatementOnItsWayFailsWhenItsBackendIsKilled() async throws {
        try await TestDatabase.with({ $0.applicationName = "souk-running" }) { client, database in
            try await database.client { killer in
                async let outcome = Self.outcome { _ = try await client.query("select pg_sleep(50), 'doomed alone'") }
                try await Self.killActive("doomed alone", by: killer)
                let error = await outcome
                #expect(error?.code == .connection && error?.isCommitUnknown == true && error?.isRetriable == false)

                async let inTransaction = Self.outcome {
                    try await client.withTransaction { _ = try await $0.query("select pg_sleep(50), 'doomed within'") }
                }
                try await Self.killActive("doomed within", by: killer)
                let second = await inTransaction
                #expect(second?.code == .connection && second?.isCommitUnknown == false && second?.isRetriable == true)
            }
        }
    }

    private static func outcome(_ body: () async throws -> Void) async -> PostgresError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? PostgresError
        }
    }

    private static func killActive(_ mark: String, by killer: PostgresClient) async throws {
        let killed = try await eventually {
            try await killer.query(
                """
                select pg_terminate_backend(pid) from pg_stat_activity
                where query like '%' || \(mark) || '%' and state = 'active' and pid <> pg_backend_pid()
                """
            ).count > 0
        }
        #expect(killed)
    }

    @Test func cancellationStormsNeitherLeakNorCorrupt() async throws {
        try await TestDatabase.with({ $0.transactionConnections = 4 }) { client, _ in
            try await client.execute("create table t (id int primary key)")
            for round in 0..<20 {
                await withTaskGroup(of: Void.self) { group in
                    for number in 0..<30 {
                        let id = round * 1_000 + number
                        group.addTask { _ = try? await client.query("select \(id), pg_sleep(0.001)") }
                        group.addTask {
                            try? await client.withTransaction { transaction in
                                try await transaction.execute("insert into t values (\(id))")
                                transaction.enqueue("select 1")
                                _ = try await transaction.query("select pg_sleep(0.001)")
                            }
                        }
                    }
                    if round % 2 == 0 { await Task.yield() }
                    group.cancelAll()
                }
                // Every answer still belongs to its question.
                for number in 0..<10 {
                    #expect(try await client.query("select \(number)")[0].decode(Int.self) == number)
                }
            }
            // All connections are free: four transactions at the same time, each waiting for the others.
            let inside = Recorder(0)
            try await withDeadline(.after(.seconds(60))) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<4 {
                        group.addTask {
                            try await client.withTransaction { transaction in
                                let answer = try await transaction.query("select \(number)")[0].decode(Int.self)
                                #expect(answer == number)
                                inside.change { $0 += 1 }
                                #expect(await eventually { inside.value == 4 })
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
        }
    }

    @Test func aDeadlineEndsTheWaitAndSparesTheNeighbours() async throws {
        try await TestDatabase.with({ $0.pipelineConnections = 1 }) { client, database in
            _ = try await client.query("select 1")
            let lock = Int64.random(in: 0...(.max))
            let neighbour: Task<Int, any Error> = try await database.client { holder in
                try await holder.withTransaction { transaction in
                    _ = try await transaction.query("select pg_advisory_xact_lock(\(lock))")
                    // It cannot end before this transaction does. On a busy machine the deadline may pass before it is sent.
                    let isGivenUp = await eventually {
                        let error = await #expect(throws: PostgresError.self) {
                            try await withDeadline(.after(.milliseconds(50))) {
                                _ = try await client.query("select pg_advisory_xact_lock(\(lock))")
                            }
                        }
                        #expect(error?.code == .timeout)
                        return error?.isCommitUnknown == true
                    }
                    #expect(isGivenUp)
                    // It comes behind the one that was given up, on the same connection.
                    return Task { try await client.query("select 3")[0].decode(Int.self) }
                }
            }
            #expect(try await neighbour.value == 3)
            let late = await #expect(throws: PostgresError.self) {
                try await withDeadline(.after(.milliseconds(-1))) { _ = try await client.query("select 1") }
            }
            #expect(late?.code == .timeout && late?.isCommitUnknown == false)
        }
    }

    @Test func aCancelledCallerIsToldSo() async throws {
        try await TestDatabase.with { client, _ in
            let task = Task { try await client.query("select pg_sleep(5)") }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    @Test func callersWaitWhileNobodyAnswersAndFailInTime() async throws {
        // Nobody listens on the discard port.
        var configuration = try PostgresConfiguration(url: "postgresql://souk@127.0.0.1:9/postgres")
        configuration.acquireTimeout = .milliseconds(100)
        configuration.statementTimeout = .milliseconds(100)
        let client = PostgresClient(configuration: configuration, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let run = Task { await client.run() }
        let error = await #expect(throws: PostgresError.self) { try await client.query("select 1") }
        #expect(error?.code == .timeout && error?.isCommitUnknown == false)
        let second = await #expect(throws: PostgresError.self) { try await client.withTransaction { _ in } }
        #expect(second?.code == .timeout)
        run.cancel()
        await run.value
        let closed = await #expect(throws: PostgresError.self) { try await client.query("select 1") }
        #expect(closed?.code == .closed)
    }

    @Test func aWrongURLIsRefusedWithAnExplanation() {
        let error = #expect(throws: PostgresError.self) { try PostgresConfiguration(url: "postgresql://host/db?nonsense=1") }
        #expect(error?.code == .configuration && error?.message.contains("nonsense") == true)
    }
}
