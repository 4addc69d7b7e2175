import Commerce
package import PaymentsDomain
package import Postgres

extension CommandProcessor {
    /// Compares our books with the provider's and writes a difference down, or that it is gone.
    ///
    /// While a call of the payment is open, its answer is what will settle the question.
    package func inspected(_ call: ProviderCall, _ view: ProviderView?, in transaction: PostgresTransaction) async throws {
        let order = try OrderID(call.orderID)
        let results = try await transaction.pipeline([
            PaymentStatements.lockPayment(ofOrder: order),
            "select exists (select from psp_calls where order_id = \(call.orderID) and state <> 'done' and operation <> 'inspect')",
        ])
        transaction.enqueue("update psp_calls set state = 'done', closed_at = now(), outcome = 'done' where id = \(call.id)")
        guard let row = results[0].first, try results[1].first?.decode(Bool.self) == false else { return }
        let payment = try PaymentRecord(row).payment
        let intent = call.providerIntent ?? ""
        if view?.agrees(with: payment) ?? false {
            transaction.enqueue(
                """
                update reconciliation_differences set resolved_at = now()
                where provider_intent = \(intent) and resolved_at is null
                """)
        } else {
            let theirs = view.map { "\($0.status.rawValue) captured \($0.captured) refunded \($0.refunded)" } ?? "missing"
            let ours = "\(payment.status.rawValue) captured \(payment.captured.amount) refunded \(payment.refunded.amount)"
            transaction.enqueue(
                """
                insert into reconciliation_differences (payment_id, provider_intent, ours, theirs)
                values (\(payment.id.rawValue), \(intent), \(ours), \(theirs))
                on conflict (provider_intent) do update set ours = excluded.ours, theirs = excluded.theirs, resolved_at = null
                """)
        }
    }
}
