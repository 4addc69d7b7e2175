import Commerce
import Contracts
import Events
import OrderTrackingDomain
import Postgres

/// Moves orders: loads the saga under the row's lock, applies an event, and writes state, timeline and outbox in the
/// caller's transaction. The rules are ``OrderTrackingDomain/OrderSaga``'s; this is the shell around them.
struct SagaRunner: Sendable {
    let store: any OrderStore
    let outbox: Outbox
    let timing: SagaTiming
    let watch: OrderWatch
    let metrics: OrderMetrics

    /// Queues a new order and its first command.
    ///
    /// - Returns: The order as it was placed, before its first step: what the shopper is answered.
    func place(_ draft: Order, lines: [OrderLine], in transaction: PostgresTransaction) throws -> Order {
        var order = draft
        let placed = SagaStep.placed
        let step = order.saga.begin()
        try self.store.insert(order, lines: lines, steps: [placed, step], in: transaction)
        let events = [try OrderEvents.placed(order, lines: lines)] + (try OrderEvents.events(of: step, order: order, lines: lines))
        self.outbox.append(events, in: transaction)
        transaction.afterCommit { [metrics] in metrics.placed(draft.saga.total) }
        return draft
    }

    /// Applies another service's answer. Unknown orders, late and double answers change nothing.
    func apply(_ reply: SagaReply, to id: OrderID, in transaction: PostgresTransaction) async throws {
        guard var order = try await self.store.lock(id, in: transaction) else { return }
        let step = order.saga.apply(reply)
        self.settleRefund(reply, in: transaction)
        try self.write(&order, step, shipment: nil, in: transaction)
    }

    /// Applies a person's request to an order whose row is locked.
    ///
    /// - Throws: `SagaRefusal` when the order's state forbids it.
    func apply(
        _ request: SagaRequest, to order: inout Order, shipment: Shipment? = nil, in transaction: PostgresTransaction
    ) throws {
        let step = try order.saga.apply(request)
        try self.write(&order, step, shipment: shipment, in: transaction)
    }

    /// Sends an order's unanswered commands again, or gives its step up when the deadline has passed.
    func check(_ overdue: OverdueOrder, in transaction: PostgresTransaction) async throws {
        var order = overdue.order
        if overdue.isTimedOut {
            let step = order.saga.apply(.stepTimedOut)
            if step.isChange {
                transaction.afterCommit { [metrics] in metrics.stepTimedOut() }
                return try self.write(&order, step, shipment: nil, in: transaction)
            }
        }
        let commands = order.saga.unanswered
        let lines = commands.contains(.reserveStock) ? try await self.store.lines(of: order.id, in: transaction) : []
        self.outbox.append(try commands.map { try OrderEvents.command($0, order: order, lines: lines) }, in: transaction)
        self.store.postpone(order, by: self.timing.pause(afterChecks: order.checks + 1), in: transaction)
        transaction.afterCommit { [metrics] in metrics.sentAgain(commands.count) }
    }

    private func write(_ order: inout Order, _ step: SagaStep, shipment: Shipment?, in transaction: PostgresTransaction) throws {
        guard step.isChange else { return }
        order.version += 1
        try self.store.save(order, step: step, in: transaction)
        self.outbox.append(try OrderEvents.events(of: step, order: order, lines: [], shipment: shipment), in: transaction)
        let written = order
        transaction.afterCommit { [watch, metrics] in
            watch.changed(written.id)
            metrics.moved(written, step)
        }
    }

    private func settleRefund(_ reply: SagaReply, in transaction: PostgresTransaction) {
        switch reply {
        case .paymentRefunded(let refund, _): self.store.settle(refund, as: .refunded, failure: nil, in: transaction)
        case .refundFailed(let refund, let reason): self.store.settle(refund, as: .failed, failure: reason, in: transaction)
        default: break
        }
    }
}

extension SagaStep {
    /// The first line of every timeline.
    static let placed: SagaStep = {
        var step = SagaStep()
        step.entries = [.init(.placed)]
        step.isChange = true
        return step
    }()
}
