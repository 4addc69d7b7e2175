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
}
