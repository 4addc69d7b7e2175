import Commerce
import Foundation
import OrderTrackingDomain
import Postgres

/// Orders in PostgreSQL: what a saga's transaction writes. What pages read is in `PostgresOrderStore+Read.swift`.
struct PostgresOrderStore: OrderStore {
    let postgres: PostgresClient
    let timing: SagaTiming

    func insert(_ order: Order, lines: [OrderLine], steps: [SagaStep], in transaction: PostgresTransaction) throws {
        let saga = order.saga
        let clock = self.clock(of: saga)
        transaction.enqueue(
            """
            insert into orders (id, account_id, checkout_id, payment_id, payment_method_id, status, stock_step, payment_step,
                currency, total, shipping_address, version, step_deadline, next_check_at, created_at, updated_at)
            values (\(order.id.rawValue), \(order.accountID.rawValue), \(order.checkoutID.rawValue), \(order.paymentID.rawValue),
                \(order.paymentMethodID.rawValue), \(saga.status.rawValue), \(saga.stock.rawValue), \(saga.payment.rawValue),
                \(saga.total.currency.code), \(saga.total.amount), \(try PostgresJSON(encoding: order.address)), \(order.version),
                now() + \(clock.deadline) * interval '1 second', now() + \(clock.check) * interval '1 second',
                \(order.createdAt), \(order.createdAt))
            """
        )
        transaction.enqueue(
            """
            insert into order_lines (order_id, line, sku, name, quantity, unit_price)
            select \(order.id.rawValue), line, sku, name, quantity, unit_price
            from unnest(\(lines.map(\.sku.rawValue)), \(lines.map(\.name)), \(lines.map { Int32($0.quantity.value) }),
                \(lines.map(\.unitPrice.amount))) with ordinality as l (sku, name, quantity, unit_price, line)
            """
        )
        self.append(steps.flatMap(\.entries), after: 0, to: order.id, at: order.createdAt, in: transaction)
    }

    func lock(_ id: OrderID, in transaction: PostgresTransaction) async throws -> Order? {
        let rows = try await transaction.query(
            """
            select \(unescaped: OrderRow.columns) from orders o where id = \(id.rawValue) for update
            """
        )
        return try rows.first.map { try OrderRow($0).order }
    }

    func lockOverdue(limit: Int, in transaction: PostgresTransaction) async throws -> [OverdueOrder] {
        let rows = try await transaction.query(
            """
            select \(unescaped: OrderRow.columns), coalesce(step_deadline < now(), false) as is_timed_out
            from orders o where next_check_at < now() order by next_check_at limit \(limit) for update skip locked
            """
        )
        return try rows.map { row in
            OverdueOrder(order: try OrderRow(row).order, isTimedOut: try row["is_timed_out", as: Bool.self])
        }
    }

    func save(_ order: Order, step: SagaStep, in transaction: PostgresTransaction) throws {
        let saga = order.saga
        let clock = self.clock(of: saga)
        transaction.enqueue(
            """
            update orders set status = \(saga.status.rawValue), stock_step = \(saga.stock.rawValue),
                payment_step = \(saga.payment.rawValue), cancel_reason = \(saga.cancelReason?.rawValue),
                is_delivered = \(saga.isDelivered), captured = \(saga.captured.amount), refunded = \(saga.refunded.amount),
                version = \(order.version), checks = 0, updated_at = now(),
                step_deadline = now() + \(clock.deadline) * interval '1 second',
                next_check_at = now() + \(clock.check) * interval '1 second'
            where id = \(order.id.rawValue)
            """
        )
        guard !step.entries.isEmpty else { return }
        let entries = step.entries
        transaction.enqueue(
            """
            insert into order_timeline (order_id, entry, status, detail, at)
            select \(order.id.rawValue), (select coalesce(max(entry), 0) from order_timeline where order_id = \(order.id.rawValue)) + n,
                status, nullif(detail, ''), clock_timestamp()
            from unnest(\(entries.map(\.status.rawValue)), \(entries.map { $0.detail ?? "" })) with ordinality as e (status, detail, n)
            """
        )
    }

    func postpone(_ order: Order, by pause: Duration, in transaction: PostgresTransaction) {
        transaction.enqueue(
            """
            update orders set checks = \(Int32(order.checks + 1)), next_check_at = now() + \(pause.inSeconds) * interval '1 second'
            where id = \(order.id.rawValue)
            """
        )
    }

    func lines(of id: OrderID, in transaction: PostgresTransaction) async throws -> [OrderLine] {
        let rows = try await transaction.query(
            """
            select l.order_id, l.sku, l.name, l.quantity, l.unit_price, o.currency
            from order_lines l join orders o on o.id = l.order_id where l.order_id = \(id.rawValue) order by l.line
            """
        )
        return try rows.map { try OrderRow.line($0).line }
    }

    func insert(_ shipment: Shipment, of order: OrderID, in transaction: PostgresTransaction) {
        transaction.enqueue(
            """
            insert into shipments (id, order_id, carrier, tracking_number, created_at)
            values (\(shipment.id.rawValue), \(order.rawValue), \(shipment.carrier), \(shipment.trackingNumber), \(shipment.createdAt))
            """
        )
    }

    func insert(_ refund: Refund, of order: OrderID, in transaction: PostgresTransaction) {
        transaction.enqueue(
            """
            insert into refunds (id, order_id, amount, reason, state, created_at)
            values (\(refund.id.rawValue), \(order.rawValue), \(refund.amount.amount), \(refund.reason), \(refund.state.rawValue),
                \(refund.createdAt))
            """
        )
    }

    func settle(_ refund: RefundID, as state: Refund.State, failure: String?, in transaction: PostgresTransaction) {
        transaction.enqueue(
            """
            update refunds set state = \(state.rawValue), failure = \(failure), settled_at = now()
            where id = \(refund.rawValue) and state = 'requested'
            """
        )
    }

    private func append(
        _ entries: [SagaStep.Entry], after last: Int64, to order: OrderID, at time: Date, in transaction: PostgresTransaction
    ) {
        transaction.enqueue(
            """
            insert into order_timeline (order_id, entry, status, detail, at)
            select \(order.rawValue), \(last) + n, status, nullif(detail, ''), \(time)
            from unnest(\(entries.map(\.status.rawValue)), \(entries.map { $0.detail ?? "" })) with ordinality as e (status, detail, n)
            """
        )
    }

    /// Seconds until the step is given up and until its commands are sent again; `nil` where neither is needed.
    private func clock(of saga: OrderSaga) -> (deadline: Double?, check: Double?) {
        guard !saga.unanswered.isEmpty else { return (nil, nil) }
        return (self.timing.deadline(of: saga.status)?.inSeconds, self.timing.pause(afterChecks: 0).inSeconds)
    }
}
