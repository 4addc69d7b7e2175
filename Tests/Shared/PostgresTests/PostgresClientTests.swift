import FoundationEssentials
import Postgres
import TestSupport
import Testing

@Suite(.enabled(if: TestServers.postgres != nil), .timeLimit(.minutes(5)))
struct PostgresClientTests {
    @Test func valuesOfAllTypesRoundTrip() async throws {
        try await TestDatabase.with { client, _ in
            let date = Date(timeIntervalSinceReferenceDate: 700_000_000.123456)
            let uuid = UUID()
            let row = try #require(
                try await client.query(
                    """
                    select \(Int16(-7)), \(Int32(70_000)), \(Int64.max), \(-5), \(true), \(2.5), \("grüße ☕"), \([UInt8]([0, 255, 1])), \
                    \(date), \(uuid), \(Float(0.5))
                    """
                ).first
            )
            let values = try row.decode(
                (Int16, Int32, Int64, Int, Bool, Double, String, [UInt8], Date, UUID, Float).self
            )
            #expect(values.0 == -7 && values.1 == 70_000 && values.2 == .max && values.3 == -5)
            #expect(values.4 && values.5 == 2.5 && values.6 == "grüße ☕" && values.7 == [0, 255, 1])
            #expect(abs(values.8.timeIntervalSince(date)) < 0.000_001 && values.9 == uuid && values.10 == 0.5)
        }
    }

    @Test func nullsRoundTripAndAreRefusedWhereUnexpected() async throws {
        try await TestDatabase.with { client, _ in
            let none: String? = nil
            let number: Int64? = nil
            let row = try #require(try await client.query("select \(none), \(number), \("here" as String?), ''::text").first)
            let values = try row.decode((String?, Int64?, String?, String).self)
            #expect(values.0 == nil && values.1 == nil && values.2 == "here" && values.3 == "")
            let error = #expect(throws: PostgresError.self) { try row[0, as: String.self] }
            #expect(error?.code == .decoding)
        }
    }

    @Test func arraysRoundTrip() async throws {
        try await TestDatabase.with { client, _ in
            let bytes: [[UInt8]] = [[1, 2], [], [3]]
            let gaps: [String?] = ["a", nil, ""]
            let row = try #require(
                try await client.query(
                    "select \(["a", "", "ü"]), \([Int64.min, 0]), \([Int32(1)]), \(bytes), \([String]()), \(gaps), \([true, false])"
                ).first
            )
            let values = try row.decode(([String], [Int64], [Int32], [[UInt8]], [String], [String?], [Bool]).self)
            #expect(values.0 == ["a", "", "ü"] && values.1 == [.min, 0] && values.2 == [1])
            #expect(values.3 == bytes && values.4 == [] && values.5 == gaps && values.6 == [true, false])
        }
    }

    @Test func serverTypesAreReadAsTheNearestSwiftType() async throws {
        try await TestDatabase.with { client, _ in
            try await client.execute("create type mood as enum ('fine', 'bad')")
            let row = try #require(
                try await client.query(
                    """
                    select sum(x)::numeric, 12.50::numeric, (-0.00012)::numeric, 'fine'::mood, '{"a": 1}'::jsonb, '2024-02-29'::date,
                    'infinity'::timestamptz, 100000000::numeric from (values (1), (2)) v(x)
                    """
                ).first
            )
            let values = try row.decode((Int64, String, Double, String, PostgresJSON, Date, Date, Int).self)
            #expect(values.0 == 3 && values.1 == "12.50" && values.2 == -0.00012 && values.3 == "fine")
            #expect(values.4.text == #"{"a": 1}"# && values.6 == .distantFuture && values.7 == 100_000_000)
            #expect(values.5 == Date(timeIntervalSince1970: 1_709_164_800))
            let json = try await client.query("select \(PostgresJSON(encoding: ["b": [1, 2]])) -> 'b' ->> 1")
            #expect(try json[0].decode(String.self) == "2")
        }
    }

    @Test func columnsAreFoundByName() async throws {
        try await TestDatabase.with { client, _ in
            let rows = try await client.query("select n as number, n::text as word from generate_series(1, 3) n")
            #expect(rows.columns == ["number", "word"] && rows.count == 3)
            #expect(try rows.map { try $0["word", as: String.self] } == ["1", "2", "3"])
            #expect(try rows.decode((Int, String).self).map { $0.0 } == [1, 2, 3])
            #expect(throws: PostgresError.self) { try rows[0]["missing", as: Int.self] }
            #expect(throws: PostgresError.self) { try rows[0].decode((Int, String, Int).self) }
        }
    }

    @Test func aThousandConcurrentQueriesGetTheirOwnAnswers() async throws {
        try await TestDatabase.with { client, _ in
            try await withThrowingTaskGroup(of: (Int, Int).self) { group in
                for number in 0..<1_000 {
                    group.addTask { (number, try await client.query("select \(number) + 1")[0].decode(Int.self)) }
                }
                for try await (number, answer) in group { #expect(answer == number + 1) }
            }
        }
    }

    @Test func failingNeighboursDoNotDisturbEachOther() async throws {
        try await TestDatabase.with({ $0.pipelineConnections = 1 }) { client, _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        do {
                            let rows = try await client.query("select 100 / \(number % 2)")
                            #expect(try rows[0].decode(Int.self) == 100 && number % 2 == 1)
                        } catch let error as PostgresError {
                            #expect(error.sqlState?.rawValue == "22012" && number % 2 == 0)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func aBatchIsAllOrNothing() async throws {
        try await TestDatabase.with { client, _ in
            try await client.execute("create table t (id int primary key)")
            let error = await #expect(throws: PostgresError.self) {
                try await client.batch([
                    "insert into t values (\(1))", "insert into t values (\(2))", "insert into t values (\(1))", "select 1",
                ])
            }
            #expect(error?.sqlState == .uniqueViolation && error?.constraint == "t_pkey")
            #expect(try await client.query("select count(*) from t")[0].decode(Int.self) == 0)
            let results = try await client.batch(["insert into t values (\(1))", "select count(*) from t"])
            #expect(try results[0].affectedRows == 1 && results[1][0].decode(Int.self) == 1)
        }
    }

    @Test func theLeastUsedStatementsMakeRoom() async throws {
        try await TestDatabase.with({
            $0.statementCacheSize = 4; $0.pipelineConnections = 1
        }) { client, _ in
            for round in 0..<3 {
                for number in 0..<10 {
                    let rows = try await client.query("select \(round) + \(unescaped: String(number))")
                    #expect(try rows[0].decode(Int.self) == round + number)
                }
            }
            let kept = try await client.query("select count(*) from pg_prepared_statements")[0].decode(Int.self)
            #expect(kept <= 5)
        }
    }

    @Test func aForgottenStatementIsPreparedAgain() async throws {
        try await TestDatabase.with({ $0.pipelineConnections = 1 }) { client, _ in
            #expect(try await client.query("select \(1)")[0].decode(Int.self) == 1)
            try await client.execute("deallocate all")
            #expect(try await client.query("select \(2)")[0].decode(Int.self) == 2)
        }
    }

    @Test func aChangedTableDoesNotBreakItsStatements() async throws {
        try await TestDatabase.with({ $0.pipelineConnections = 1 }) { client, _ in
            try await client.execute("create table t (a int)")
            #expect(try await client.query("select * from t").columns == ["a"])
            try await client.execute("alter table t add column b int")
            #expect(try await client.query("select * from t").columns == ["a", "b"])
        }
    }
}
