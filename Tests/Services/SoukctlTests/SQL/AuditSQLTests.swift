import SoukctlCommands
import TestSupport
import Testing

/// The auditor's SQL on databases made by the services' own migrations: it fits them, and every kind of damage is found.
@Suite(.enabled(if: TestServers.postgres != nil), .timeLimit(.minutes(10))) struct AuditSQLTests {
    /// What is done to a database, how it is made good again, and what the auditor must say.
    private struct Damage {
        var database: String
        var done: String
        var undone: String
        var finding: String

        init(_ database: String, _ done: String, undo undone: String, finding: String) {
            self.database = database
            self.done = done
            self.undone = undone
            self.finding = finding
        }
    }

    private static let damages = [
        Damage(
            "order_tracking", "update orders set id = 'ord_2'", undo: "update orders set id = 'ord_1'",
            finding: "ord_1 (1) was acknowledged and is lost"
        ),
        Damage(
            "order_tracking", "update order_lines set quantity = 3", undo: "update order_lines set quantity = 2",
            finding: "ord_1: the stored lines are not the acknowledged ones"
        ),
        Damage(
            "order_tracking", "update orders set status = 'reserving', updated_at = now() - interval '61 s'",
            undo: "update orders set status = 'confirmed'", finding: "ord_1 has been reserving for"
        ),
        Damage(
            "order_tracking", "update outbox_tick set base = 7", undo: "update outbox_tick set base = 0",
            finding: "orders/0: numbered up to 2, batches up to 9"
        ),
        Damage(
            "order_tracking", "update outbox set part = 3 where agg_ver = 2", undo: "update outbox set part = 0",
            finding: "orders/0: 2 events numbered from 1, 1 in the outbox"
        ),
        Damage(
            "order_tracking", "update outbox set agg_ver = 3 - agg_ver", undo: "update outbox set agg_ver = 3 - agg_ver",
            finding: "orders/0: order ord_1 version 1 comes after version 2"
        ),
        Damage(
            "catalog", "update stock set available = 9", undo: "update stock set available = 8",
            finding: "A: does not add up, received 10, available 9, held 2, committed 0"
        ),
        Damage(
            "catalog", "update reservations set state = 'released'", undo: "update reservations set state = 'held'",
            finding: "ord_1 is confirmed and does not hold its lines"
        ),
        Damage(
            "catalog", "update inbox_cursor set pos = 1", undo: "update inbox_cursor set pos = 2",
            finding: "catalog lags: 1 of 2 in orders/0"
        ),
        Damage(
            "catalog", "update inbox_cursor set pos = 3", undo: "update inbox_cursor set pos = 2",
            finding: "catalog is at 3 of orders/0, which ends at 2"
        ),
        Damage(
            "catalog",
            """
            insert into inbox_parked (grp, topic, part, epoch, pseq, event_id, source, type, subject, agg_type, agg_ver,
              occurred_at, payload, reason)
            values ('catalog', 'orders', 0, 0, 2, 'evt_1', 'orders', 't', 'ord_1', 'order', 1, now(), '', 'cannot be read')
            """,
            undo: "delete from inbox_parked", finding: "catalog: orders/0 number 2: cannot be read"
        ),
        Damage(
            "payments", "update ledger_entries set amount = 499 where seq = 1",
            undo: "update ledger_entries set amount = 500 where seq = 1", finding: "transaction pay_1:authorize sums to -0.01 GBP"
        ),
        Damage(
            "payments", "update payments set status = 'voided'", undo: "update payments set status = 'authorized'",
            finding: "ord_1: payments authorized 0.00"
        ),
        Damage(
            "payments",
            """
            insert into psp_calls (id, payment_id, order_id, operation, amount, currency, state, created_at)
            values ('c', 'pay_1', 'ord_1', 'capture', 500, 'GBP', 'unknown', now() - interval '61 s')
            """,
            undo: "delete from psp_calls", finding: "ord_1: call to capture is unknown for"
        ),
    ]

    @Test func everyDamageIsFoundAndNothingElse() async throws {
        try await AuditedDatabases.with { databases in
            let before = try await databases.audit()
            #expect(before.isClean, "\(before.text)")
            for damage in Self.damages {
                try await databases.change(damage.database, [damage.done])
                let report = try await databases.audit()
                #expect(report.text.contains(damage.finding), "\(damage.done)\n\(report.text)")
                try await databases.change(damage.database, [damage.undone])
            }
            let after = try await databases.audit()
            #expect(after.isClean, "\(after.text)")
        }
    }
}
