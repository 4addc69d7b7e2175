import Postgres

/// The auditor's SQL on the payments' database.
enum PaymentsBook {
    static func read(_ transaction: PostgresTransaction) async throws -> (payments: [PaymentRow], ledger: [LedgerRow]) {
        let payments = try await transaction.query(
            "select order_id, status, authorized, captured, refunded, currency::text from payments order by order_id"
        ).map { row in
            let (order, status, authorized, captured, refunded, currency) = try row.decode(
                (String, String, Int64, Int64, Int64, String).self
            )
            return PaymentRow(
                order: order,
                status: status,
                authorized: authorized,
                captured: captured,
                refunded: refunded,
                currency: currency
            )
        }
        let ledger = try await transaction.query(
            """
            select t.id, t.order_id, e.account, e.layer::bigint, e.amount, t.currency::text
            from ledger_transactions t join ledger_entries e on e.transaction_id = t.id order by t.id, e.seq
            """
        ).map { row in
            let (id, order, account, layer, amount, currency) = try row.decode(
                (String, String, String, Int64, Int64, String).self
            )
            return LedgerRow(
                transaction: id,
                order: order,
                account: account,
                layer: layer == 0 ? .posted : .pending,
                amount: amount,
                currency: currency
            )
        }
        return (payments, ledger)
    }

    /// Calls whose outcome is not known, commands without a reply, differences that nobody has explained.
    static func readOpenMatters(_ transaction: PostgresTransaction) async throws -> [OpenMatterRow] {
        try await transaction.query(
            """
            select order_id, 'call to ' || operation || ' is ' || state, floor(extract(epoch from now() - created_at))::bigint
            from psp_calls where state <> 'done'
            union all
            select order_id, 'command to ' || operation || ' is ' || state, floor(extract(epoch from now() - received_at))::bigint
            from payment_commands where state <> 'done'
            union all
            select provider_intent, 'ours ' || ours || ', theirs ' || theirs, floor(extract(epoch from now() - found_at))::bigint
            from reconciliation_differences where resolved_at is null
            order by 1, 2
            """
        ).map { row in
            let (subject, what, age) = try row.decode((String, String, Int64).self)
            return OpenMatterRow(subject: subject, what: what, age: age)
        }
    }
}
