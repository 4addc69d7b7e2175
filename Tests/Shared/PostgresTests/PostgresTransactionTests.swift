import Postgres
import Resilience
import TestSupport
import Testing

@Suite(.enabled(if: TestServers.postgres != nil), .timeLimit(.minutes(5)))
struct PostgresTransactionTests {
    private struct Refused: Error {}

    private static func count(_ client: PostgresClient) async throws -> Int {
        try await client.query("select count(*) from t")[0].decode(Int.self)
    }

    private static func table(_ client: PostgresClient) async throws {
        try await client.execute("create table t (id int primary key, n int not null default 0)")
    }

    @Test func whatReturnsIsCommittedAndWhatThrowsIsRolledBack() async throws {
        try await TestDatabase.with { client, _ in
            try await Self.table(client)
            let answer = try await client.withTransaction { transaction in
                try await transaction.execute("insert into t values (\(1))")
                return try await transaction.query("select count(*) from t")[0].decode(Int.self)
            }
            #expect(answer == 1)
            await #expect(throws: Refused.self) {
                try await client.withTransaction { transaction in
                    #expect(try await transaction.execute("insert into t values (\(2))") == 1)
                    throw Refused()
                }
            }
            #expect(try await Self.count(client) == 1)
        }
    }

    @Test func anEmptyTransactionDoesNothing() async throws {
        try await TestDatabase.with { client, _ in
            #expect(try await client.withTransaction { _ in 7 } == 7)
            let rows = try await client.withTransaction { try await $0.pipeline([]) }
            #expect(rows.isEmpty)
        }
    }

    @Test func enqueuedStatementsRideWithTheNextOneOrWithCommit() async throws {
        try await TestDatabase.with { client, _ in
            try await Self.table(client)
            let events = Recorder<[String]>([])
            try await client.withTransaction { transaction in
                transaction.enqueue("insert into t values (\(1))")
                let rows = try await transaction.pipeline(["select count(*) from t", "select 5"])
                #expect(try rows.count == 2 && rows[0][0].decode(Int.self) == 1 && rows[1][0].decode(Int.self) == 5)
                transaction.enqueue("insert into t values (\(2))")
                transaction.afterCommit { events.change { $0.append("committed") } }
                #expect(events.value.isEmpty)
            }
            #expect(events.value == ["committed"])
            #expect(try await Self.count(client) == 2)
        }
    }

    @Test func anEnqueuedStatementsFailureSurfacesAtCommitWithItsConstraint() async throws {
        try await TestDatabase.with { client, _ in
            try await Self.table(client)
            try await client.execute("insert into t values (\(1))")
            let committed = Recorder(false)
            let error = await #expect(throws: PostgresError.self) {
                try await client.withTransaction { transaction in
                    transaction.enqueue("insert into t values (\(3))")
                    transaction.enqueue("insert into t values (\(1))")
                    transaction.afterCommit { committed.change { $0 = true } }
                }
            }
            #expect(error?.sqlState == .uniqueViolation && error?.constraint == "t_pkey" && error?.table == "t")
            #expect(!committed.value)
            #expect(error?.isCommitUnknown == false && error?.isRetriable == false)
            #expect(try await Self.count(client) == 1)
        }
    }

    @Test func aSwallowedFailureCannotBeCommitted() async throws {
        try await TestDatabase.with { client, _ in
            try await Self.table(client)
            let error = await #expect(throws: PostgresError.self) {
                try await client.withTransaction { transaction in
                    try await transaction.execute("insert into t values (\(1))")
                    _ = try? await transaction.query("select 1 / 0")
                }
            }
            #expect(error?.sqlState == .inFailedTransaction)
            #expect(try await Self.count(client) == 0)
        }
    }

    @Test func aStatementThatWasGivenUpCannotBeCommittedOver() async throws {
        try await TestDatabase.with { client, _ in
            try await Self.table(client)
            let error = await #expect(throws: PostgresError.self) {
                try await client.withTransaction { transaction in
                    try await transaction.execute("insert into t values (\(1))")
                    // Until one was given up on its way, so that the next is refused: on a busy machine the deadline may pass before.
                    let isRefused = await eventually {
                        do {
                            try await withDeadline(.after(.milliseconds(20))) { _ = try await transaction.execute("select pg_sleep(30)") }
                            return false
                        } catch {
                            return (error as? PostgresError)?.sqlState == .inFailedTransaction
                        }
                    }
                    #expect(isRefused)
                }
            }
            #expect(error?.sqlState == .inFailedTransaction)
            #expect(try await Self.count(client) == 0)
        }
    }

    @Test func aSavepointUndoesItsPartOnly() async throws {
        try await TestDatabase.with { client, _ in
            try await Self.table(client)
            let events = Recorder<[String]>([])
            try await client.withTransaction { transaction in
                transaction.enqueue("insert into t values (\(1))")
                transaction.afterCommit { events.change { $0.append("outer") } }
                await #expect(throws: PostgresError.self) {
                    try await transaction.savepoint {
                        transaction.afterCommit { events.change { $0.append("inner") } }
                        try await transaction.execute("insert into t values (\(2))")
                        transaction.enqueue("insert into t values (\(1))")
                    }
                }
                await #expect(throws: Refused.self) {
                    try await transaction.savepoint {
                        transaction.enqueue("insert into t values (\(4))")
                        throw Refused()
                    }
                }
                try await transaction.savepoint {
                    try await transaction.execute("insert into t values (\(3))")
                    _ = try? await transaction.savepoint { try await transaction.execute("insert into t values (\(3))") }
                }
            }
            #expect(try await client.query("select id from t order by id").decode(Int.self) == [1, 3])
            #expect(events.value == ["outer"])
        }
    }

    @Test func serializationFailuresAreRunAgain() async throws {
        try await TestDatabase.with { client, _ in
            try await Self.table(client)
            try await client.execute("insert into t values (\(1))")
            let attempts = Recorder(0)
            try await client.withTransaction(isolation: .serializable) { transaction in
                attempts.change { $0 += 1 }
                let n = try await transaction.query("select n from t where id = 1")[0].decode(Int.self)
                // Somebody else is quicker, the first two times.
                if attempts.value <= 2 { try await client.execute("update t set n = n + 10") }
                transaction.enqueue("update t set n = \(n + 1) where id = 1")
            }
            #expect(attempts.value == 3)
            #expect(try await client.query("select n from t")[0].decode(Int.self) == 21)
        }
    }

    @Test func concurrentIncrementsAreNotLost() async throws {
        try await TestDatabase.with { client, _ in
            try await Self.table(client)
            try await client.execute("insert into t values (\(1))")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        try await client.withTransaction(isolation: .serializable, retries: 50) { transaction in
                            let n = try await transaction.query("select n from t where id = 1")[0].decode(Int.self)
                            transaction.enqueue("update t set n = \(n + 1) where id = 1")
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await client.query("select n from t")[0].decode(Int.self) == 8)
        }
    }

    @Test func retriesAreBounded() async throws {
        try await TestDatabase.with { client, _ in
            try await Self.table(client)
            try await client.execute("insert into t values (\(1))")
            let attempts = Recorder(0)
            let error = await #expect(throws: PostgresError.self) {
                try await client.withTransaction(isolation: .repeatableRead, retries: 2) { transaction in
                    attempts.change { $0 += 1 }
                    _ = try await transaction.query("select n from t")
                    try await client.execute("update t set n = n + 1")
                    try await transaction.execute("update t set n = 0")
                }
            }
            #expect(error?.sqlState == .serializationFailure && error?.isRetriable == true && attempts.value == 3)
        }
    }

    @Test func aConflictThatLeavesASavepointIsRunAgain() async throws {
        try await TestDatabase.with { client, _ in
            try await Self.table(client)
            try await client.execute("insert into t values (\(1))")
            let attempts = Recorder(0)
            try await client.withTransaction(isolation: .repeatableRead) { transaction in
                attempts.change { $0 += 1 }
                _ = try await transaction.query("select n from t")
                if attempts.value == 1 { try await client.execute("update t set n = 5") }
                try await transaction.savepoint { _ = try await transaction.execute("update t set n = n + 1") }
            }
            #expect(attempts.value == 2)
            #expect(try await client.query("select n from t")[0].decode(Int.self) == 6)
        }
    }

    @Test func deadlocksAreResolvedByRunningAgain() async throws {
        try await TestDatabase.with { client, _ in
            try await Self.table(client)
            try await client.batch(["insert into t values (1), (2)", "select 1"])
            try await withThrowingTaskGroup(of: Void.self) { group in
                for order in [[1, 2], [2, 1]] {
                    group.addTask {
                        try await client.withTransaction { transaction in
                            try await transaction.execute("update t set n = n + 1 where id = \(order[0])")
                            try await transaction.query("select pg_sleep(0.05)").forEach { _ in }
                            try await transaction.execute("update t set n = n + 1 where id = \(order[1])")
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await client.query("select sum(n) from t")[0].decode(Int.self) == 4)
        }
    }

    @Test func transactionsWaitInLineForAConnection() async throws {
        try await TestDatabase.with({ $0.transactionConnections = 2 }) { client, _ in
            try await Self.table(client)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for id in 0..<100 {
                    group.addTask {
                        _ = try await client.withTransaction { transaction in
                            try await transaction.execute("insert into t values (\(id))")
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await Self.count(client) == 100)
        }
    }

    @Test func waitingForAConnectionEndsAtTheDeadline() async throws {
        try await TestDatabase.with({ $0.transactionConnections = 1 }) { client, _ in
            try await client.withTransaction { transaction in
                _ = try await transaction.query("select 1")
                let error = await #expect(throws: PostgresError.self) {
                    try await withDeadline(.after(.milliseconds(50))) { try await client.withTransaction { _ in } }
                }
                #expect(error?.code == .timeout)
            }
            try await client.withTransaction { transaction in _ = try await transaction.query("select 1") }
        }
    }

    @Test func aLateStatementIsCancelledAtTheServerAndItsConnectionReplaced() async throws {
        // By itself it would go on for longer than the test waits.
        try await TestDatabase.with({
            $0.transactionConnections = 1; $0.statementTimeout = .seconds(600)
        }) { client, _ in
            try await Self.table(client)
            let error = await #expect(throws: PostgresError.self) {
                try await client.withTransaction { transaction in
                    try await transaction.execute("insert into t values (\(1))")
                    try await withDeadline(.after(.milliseconds(100))) {
                        _ = try await transaction.query("select pg_sleep(600), 'late statement'")
                    }
                }
            }
            #expect(error?.code == .timeout && error?.isCommitUnknown == false)
            let isGone = try await eventually {
                try await client.query(
                    "select count(*) from pg_stat_activity where query like '%late statement%' and state = 'active' and pid <> pg_backend_pid()"
                )[0].decode(Int.self) == 0
            }
            #expect(isGone)
            let count = try await client.withTransaction { try await $0.query("select count(*) from t")[0].decode(Int.self) }
            #expect(count == 0)
        }
    }

    @Test func tasksOfOneTransactionShareItsPipeline() async throws {
        try await TestDatabase.with { client, _ in
            try await Self.table(client)
            try await client.withTransaction { transaction in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for id in 0..<50 { group.addTask { _ = try await transaction.execute("insert into t values (\(id))") } }
                    try await group.waitForAll()
                }
            }
            #expect(try await Self.count(client) == 50)
        }
    }
}
