import Testing

@testable import Postgres

@Suite struct PostgresQueryTests {
    @Test func interpolatedValuesBecomeTypedParameters() {
        let (name, limit) = ("o'clock", 5)
        let none: Int32? = nil
        let query: PostgresQuery = "select * from t where name = \(name) and n > \(none) limit \(limit)"
        #expect(query.sql == "select * from t where name = $1 and n > $2 limit $3")
        #expect(query.bindings.types == [25, 23, 20])
        #expect(query.bindings.slots.map(\.length) == [7, -1, 8])
        #expect("\(query)" == query.sql)
    }

    @Test func unescapedTextIsText() {
        let query: PostgresQuery = "select \(unescaped: "name") from t order by \(unescaped: "name desc")"
        #expect(query.sql == "select name from t order by name desc" && query.bindings.count == 0)
    }

    @Test func fragmentsAreRenumbered() {
        let conditions: [PostgresQuery] = ["a = \(1)", "b between \(2) and \(3)", "c is null", "d = any(\([4]))"]
        let query: PostgresQuery = "select \(0) where \(PostgresQuery.join(conditions, separator: " and "))"
        #expect(query.sql == "select $1 where a = $2 and b between $3 and $4 and c is null and d = any($5)")
        #expect(query.bindings.count == 5 && query.bindings.types.last == PostgresType.int8Array.rawValue)
        #expect(query.bindings.slots.map(\.offset) == [0, 8, 16, 24, 32])
    }

    @Test func numericTextKeepsSignScaleAndZeros() throws {
        func text(_ words: [UInt16]) -> String? {
            var buffer = PostgresBuffer()
            for word in words { buffer.write(word) }
            return NumericText(buffer.bytes.span.bytes)?.text
        }
        #expect(text([0, 0, 0, 0]) == "0")
        #expect(text([2, 1, 0, 0, 1, 42]) == "10042")
        #expect(text([1, 1, 0, 0, 3]) == "30000")
        #expect(text([1, 0xFFFE, 0x4000, 7, 1000]) == "-0.0000100")
        #expect(text([2, 0, 0x4000, 2, 12, 5000]) == "-12.50")
        #expect(text([0, 0, 0xC000, 0]) == nil)
    }

    @Test func statementsAreNeverNamedTwice() {
        var cache = StatementCache(capacity: 2)
        let keys = ["a", "b", "c"].map { StatementCache.Key(sql: $0, types: []) }
        #expect(cache.lookup(keys[0]).mustPrepare == true)
        #expect(cache.lookup(keys[1]).name == "s2")
        #expect(cache.lookup(keys[0]).mustPrepare == false)
        let third = cache.lookup(keys[2])
        #expect(third.name == "s3" && third.evicted == "s2")
        cache.remove(keys[2], name: "s2")
        #expect(cache.lookup(keys[2]).mustPrepare == false)
        cache.remove(keys[2])
        #expect(cache.lookup(keys[2]).name == "s4")
    }

    @Test func reconnectingSlowsDownAndRecovers() {
        var delay = ReconnectDelay()
        let pauses = (0..<8).map { _ in delay.next(random: 1) }
        #expect(pauses.first == .milliseconds(50) && pauses[1] == .milliseconds(100) && pauses.last == .seconds(2))
        #expect(delay.next(random: 0) == .seconds(1))
        delay.succeeded()
        #expect(delay.next(random: 1) == .milliseconds(50))
    }

    @Test func errorsSayNothingOfValuesUnlessAsked() {
        var error = PostgresError(.server, "duplicate key", sqlState: .uniqueViolation)
        error.constraint = "accounts_email_key"
        error.detail = "Key (email)=(ann@example.com) already exists."
        #expect("\(error)" == "PostgresError(server, 23505, constraint accounts_email_key)")
        #expect(String(reflecting: error).contains("ann@example.com"))
        #expect(error.isUniqueViolation && !error.isRetriable)
        #expect(PostgresError(.connection, "x").isRetriable)
        #expect(!PostgresError(.connection, "x", isCommitUnknown: true).isRetriable)
    }
}
