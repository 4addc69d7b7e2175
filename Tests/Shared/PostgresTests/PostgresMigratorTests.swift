import Logging
import Postgres
import TestSupport
import Testing

@Suite(.enabled(if: TestServers.postgres != nil), .timeLimit(.minutes(5)))
struct PostgresMigratorTests {
    private static let first = PostgresMigration(
        id: "V001_create",
        sql: """
            -- Several statements; one has a semicolon in its body.
            create table t (id int primary key);
            create function f() returns int language plpgsql as $$ begin perform 1; return 2; end $$;
            insert into t values (1), (2);
            """
    )
    private static let second = PostgresMigration(id: "V002_add", sql: "alter table t add column n int not null default 5")

    private static func apply(_ migrations: [PostgresMigration], to client: PostgresClient) async throws {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        try await PostgresMigrator(client: client, logger: logger).apply(migrations)
    }

    @Test func migrationsAreAppliedOnceAndInOrder() async throws {
        try await TestDatabase.with { client, _ in
            try await Self.apply([Self.first], to: client)
            try await Self.apply([Self.first, Self.second], to: client)
            try await Self.apply([Self.first, Self.second], to: client)
            #expect(try await client.query("select sum(n) from t")[0].decode(Int.self) == 10)
            let ids = try await client.query("select id from schema_migrations order by applied_at, id").decode(String.self)
            #expect(ids == ["V001_create", "V002_add"])
        }
    }

    @Test func twoClientsRaceAndOneWins() async throws {
        try await TestDatabase.with { client, database in
            try await database.client { other in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for racer in [client, other, client, other] {
                        group.addTask { try await Self.apply([Self.first, Self.second], to: racer) }
                    }
                    try await group.waitForAll()
                }
            }
            #expect(try await client.query("select count(*) from t")[0].decode(Int.self) == 2)
        }
    }

    @Test func aChangedMigrationIsRefused() async throws {
        try await TestDatabase.with { client, _ in
            try await Self.apply([Self.first], to: client)
            let changed = PostgresMigration(id: Self.first.id, sql: "select 1")
            let error = await #expect(throws: PostgresError.self) { try await Self.apply([changed, Self.second], to: client) }
            #expect(error?.code == .migration && error?.message.contains("V001_create") == true)
        }
    }

    @Test func aFailingMigrationLeavesNothingBehind() async throws {
        try await TestDatabase.with { client, _ in
            let broken = PostgresMigration(id: "V003_broken", sql: "create table u (id int); select 1 / 0;")
            let error = await #expect(throws: PostgresError.self) { try await Self.apply([Self.first, broken], to: client) }
            #expect(error?.sqlState?.rawValue == "22012")
            #expect(try await client.query("select to_regclass('t') is null")[0].decode(Bool.self))
            try await Self.apply([Self.first], to: client)
        }
    }
}
