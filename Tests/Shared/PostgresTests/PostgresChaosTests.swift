import Postgres
import Resilience
import TestSupport
import Testing

/// Transfers between accounts while backends are killed and callers give up: the sum must not change, and an answered commit
/// must be there.
@Suite(.enabled(if: TestServers.postgres != nil), .timeLimit(.minutes(5)))
struct PostgresChaosTests {
    private static let accounts = 10

    private static func transfer(_ number: Int, with client: PostgresClient) async throws {
        let from = number % Self.accounts
        try await client.withTransaction { transaction in
            transaction.enqueue("insert into done values (\(number))")
            transaction.enqueue("update account set n = n - 1 where id = \(from)")
            _ = try await transaction.query("select n from account where id = \((from + 1) % Self.accounts)")
            transaction.enqueue("update account set n = n + 1 where id = \((from + 1) % Self.accounts)")
        }
    }

    @Test func nothingIsLostOrDoubledWhileEverythingBreaks() async throws {
        try await TestDatabase.with({
            $0.applicationName = "souk-chaos"; $0.transactionConnections = 4
        }) { client, database in
            try await client.batch([
                "create table account (id int primary key, n int not null)", "create table done (id int primary key)",
            ])
            try await client.execute("insert into account select x, 0 from generate_series(0, \(Self.accounts - 1)) x")
            let answered = Recorder<Set<Int>>([])
            let unknown = Recorder<Set<Int>>([])
            try await database.client { killer in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<300 {
                        group.addTask {
                            // Some callers are in a hurry.
                            let patience = number % 3 == 0 ? Duration.milliseconds(number % 20) : .seconds(120)
                            do {
                                try await withDeadline(.after(patience)) { try await Self.transfer(number, with: client) }
                                answered.change { $0.insert(number) }
                            } catch let error as PostgresError {
                                if error.isCommitUnknown { unknown.change { $0.insert(number) } }
                            }
                        }
                    }
                    group.addTask {
                        for _ in 0..<10 {
                            try await killer.execute(
                                """
                                select pg_terminate_backend(pid) from pg_stat_activity
                                where application_name = 'souk-chaos' order by random() limit 2
                                """
                            )
                            try await Task.sleep(for: .milliseconds(10))
                        }
                    }
                    try await group.waitForAll()
                }
                let done = Set(try await killer.query("select id from done").decode(Int.self))
                #expect(answered.value.isSubset(of: done))
                #expect(done.subtracting(answered.value).isSubset(of: unknown.value))
                #expect(try await killer.query("select sum(n) from account")[0].decode(Int.self) == 0)
                #expect(!done.isEmpty)
            }
        }
    }
}
