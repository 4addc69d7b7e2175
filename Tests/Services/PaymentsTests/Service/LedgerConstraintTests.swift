import PaymentsService
import Postgres
import TestSupport
import Testing

@Suite(.enabled(if: TestServers.postgres != nil), .timeLimit(.minutes(10)))
struct LedgerConstraintTests {
    @Test func aBalancedTransactionCommits() async throws {
        try await TestSchema.with(PaymentsMigrations.all) { postgres in
            try await Self.post([("sales", -5, 0), ("cash", 5, 0)], postgres)
            let total = try #require(try await postgres.query("select sum(amount)::bigint from ledger_entries").first)
            #expect(try total.decode(Int64.self) == 0)
        }
    }

    @Test(
        arguments: [
            ([("sales", -5, 0), ("cash", 4, 0)], "ledger_sums_to_zero"),
            ([("sales", -5, 0), ("cash", 5, 1)], "ledger_sums_to_zero"),
            ([("sales", -5, 0), ("nowhere", 5, 0)], "ledger_accounts_known"),
            ([], "ledger_has_entries"),
        ] as [([(String, Int, Int)], String)])
    func anUnsoundTransactionCannotCommit(entries: [(String, Int, Int)], constraint: String) async throws {
        try await TestSchema.with(PaymentsMigrations.all) { postgres in
            let error = await #expect(throws: PostgresError.self) { try await Self.post(entries, postgres) }
            #expect(error?.constraint == constraint)
            let count = try #require(try await postgres.query("select count(*) from ledger_transactions").first)
            #expect(try count.decode(Int64.self) == 0)
        }
    }

    @Test func anEntryAddedLaterCannotUnbalance() async throws {
        try await TestSchema.with(PaymentsMigrations.all) { postgres in
            try await Self.post([("sales", -5, 0), ("cash", 5, 0)], postgres)
            let error = await #expect(throws: PostgresError.self) {
                try await postgres.withTransaction { try await $0.execute("insert into ledger_entries values ('t', 9, 'cash', 1, 0)") }
            }
            #expect(error?.constraint == "ledger_sums_to_zero")
        }
    }

    @Test(arguments: [
        "delete from ledger_entries", "update ledger_entries set amount = amount * 2", "update ledger_transactions set ref = 'x'",
        "delete from ledger_transactions", "truncate ledger_transactions cascade", "update ledger_accounts set kind = 'income'",
    ]) func whatIsWrittenStays(statement: String) async throws {
        try await TestSchema.with(PaymentsMigrations.all) { postgres in
            try await Self.post([("sales", -5, 0), ("cash", 5, 0)], postgres)
            let error = await #expect(throws: PostgresError.self) { try await postgres.execute(PostgresQuery(unescaped: statement)) }
            #expect(error?.constraint == "ledger_append_only")
        }
    }

    @Test func anAuthorizationIsResolvedOnce() async throws {
        try await TestSchema.with(PaymentsMigrations.all) { postgres in
            let entries = [("sales", -5, 1), ("cash", 5, 1)]
            try await Self.post(entries, postgres)
            try await Self.post(entries, postgres, id: "c", kind: 2, pending: "t")
            let error = await #expect(throws: PostgresError.self) {
                try await Self.post(entries, postgres, id: "v", kind: 3, pending: "t")
            }
            #expect(error?.constraint == "ledger_transactions_resolved_once")
        }
    }

    private static func post(
        _ entries: [(String, Int, Int)],
        _ postgres: PostgresClient,
        id: String = "t",
        kind: Int16 = 1,
        pending: String? = nil
    ) async throws {
        try await postgres.withTransaction { transaction in
            transaction.enqueue(
                """
                insert into ledger_transactions (id, kind, ref, order_id, currency, pending_id)
                values (\(id), \(kind), 'r', 'ord_1', 'GBP', \(pending))
                """)
            for (seq, entry) in entries.enumerated() {
                transaction.enqueue(
                    """
                    insert into ledger_entries (transaction_id, seq, account, amount, layer)
                    values (\(id), \(Int16(seq)), \(entry.0), \(Int64(entry.1)), \(Int16(entry.2)))
                    """)
            }
        }
    }
}
