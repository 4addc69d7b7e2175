import Postgres
import TestSupport
import Testing

/// Constraints that are checked at the end of a transaction. Outside an explicit one that is after the last statement has
/// been answered, when the server comes to the pipeline's sync.
@Suite(.enabled(if: TestServers.postgres != nil), .timeLimit(.minutes(5))) struct DeferredConstraintTests {
    private static func tables(_ client: PostgresClient) async throws {
        try await client.withTransaction { transaction in
            try await transaction.script(
                """
                create table parents (id bigint primary key);
                create table children (
                    id bigint primary key,
                    parent bigint not null constraint children_have_parents references parents deferrable initially deferred
                );
                insert into parents values (1);
                """
            )
        }
    }

    private static func insert(_ id: Int, parent: Int) -> PostgresQuery {
        "insert into children (id, parent) values (\(id), \(parent))"
    }

    private static func expectViolation(_ body: () async throws -> Void) async {
        let error = await #expect(throws: PostgresError.self) { try await body() }
        #expect(error?.code == .server)
        #expect(error?.sqlState == .foreignKeyViolation)
        #expect(error?.constraint == "children_have_parents")
        #expect(error?.isCommitUnknown == false && error?.isRetriable == false)
    }

    /// One connection that is never replaced: its backend stays the same.
    private static func onOneConnection(_ body: (PostgresClient) async throws -> Void) async throws {
        try await TestDatabase.with({ $0.pipelineConnections = 1 }) { client, _ in
            try await self.tables(client)
            let backend = try await client.query("select pg_backend_pid()").decode(Int32.self)
            try await body(client)
            #expect(try await client.query("select pg_backend_pid()").decode(Int32.self) == backend)
        }
    }

    @Test func aStatementFailsWithTheConstraint() async throws {
        try await Self.onOneConnection { client in
            for id in 1...3 {
                await Self.expectViolation { try await client.execute(Self.insert(id, parent: 7)) }
                await Self.expectViolation {
                    _ = try await client.query("insert into children values (\(id), 7) returning id")
                }
            }
            try await client.execute(Self.insert(1, parent: 1))
            #expect(try await client.query("select id from children").decode(Int64.self) == [1])
        }
    }

    @Test func aBatchFailsAsAWhole() async throws {
        try await Self.onOneConnection { client in
            await Self.expectViolation { try await client.batch([Self.insert(1, parent: 1), Self.insert(2, parent: 7), "select 1"]) }
            let count = try await client.query("select count(*) from children").decode(Int64.self)
            #expect(count == [0])
            // A later statement of the batch makes it good.
            try await client.batch([Self.insert(2, parent: 7), "insert into parents values (7)"])
            #expect(try await client.query("select id from children").decode(Int64.self) == [2])
        }
    }

    @Test func neighboursInThePipelineAreUnharmed() async throws {
        try await Self.onOneConnection { client in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for id in 1...300 {
                    group.addTask {
                        switch id % 3 {
                        case 0: await Self.expectViolation { try await client.execute(Self.insert(id, parent: 7)) }
                        case 1: try await client.execute(Self.insert(id, parent: 1))
                        default:
                            let answer = try await client.query("select \(id)").decode(Int.self)
                            #expect(answer == [id])
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await client.query("select count(*) from children").decode(Int64.self) == [100])
        }
    }

    @Test func aTransactionFailsAtCommitWithTheConstraint() async throws {
        try await Self.onOneConnection { client in
            await Self.expectViolation {
                try await client.withTransaction { _ = try await $0.execute(Self.insert(1, parent: 7)) }
            }
            let count = try await client.query("select count(*) from children").decode(Int64.self)
            #expect(count == [0])
        }
    }
}
