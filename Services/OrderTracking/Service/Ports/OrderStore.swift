import Commerce
import OrderTrackingDomain
import Postgres

/// Where orders are kept. Writes are queued on the caller's transaction and take effect with it.
protocol OrderStore: Sendable {
    /// Queues a new order with its lines and the timeline of its first step.
    func insert(_ order: Order, lines: [OrderLine], steps: [SagaStep], in transaction: PostgresTransaction) throws
    /// The order, its row locked until the transaction ends.
    func lock(_ id: OrderID, in transaction: PostgresTransaction) async throws -> Order?
    /// Locks up to `limit` orders whose unanswered commands are due, passing over those that others hold.
    func lockOverdue(limit: Int, in transaction: PostgresTransaction) async throws -> [OverdueOrder]
    /// Queues an order's new state and timeline entries; `order.version` must have been raised already.
    func save(_ order: Order, step: SagaStep, in transaction: PostgresTransaction) throws
    /// Queues the time of the next look at an order.
    func postpone(_ order: Order, by pause: Duration, in transaction: PostgresTransaction)
    /// The order's lines.
    func lines(of id: OrderID, in transaction: PostgresTransaction) async throws -> [OrderLine]
    /// Queues a shipment.
    func insert(_ shipment: Shipment, of order: OrderID, in transaction: PostgresTransaction)
    /// Queues a refund.
    func insert(_ refund: Refund, of order: OrderID, in transaction: PostgresTransaction)
    /// Queues the outcome of a refund.
    func settle(_ refund: RefundID, as state: Refund.State, failure: String?, in transaction: PostgresTransaction)

    /// An order with all that its page shows.
    func view(_ id: OrderID) async throws -> OrderView?
    /// A page of orders, newest first.
    func list(_ filter: OrderFilter, before cursor: OrderID?, limit: Int) async throws -> [OrderView]
    /// The timeline of an order after an entry, and whether the order is over.
    func timeline(of id: OrderID, after entry: Int) async throws -> [TimelineEntry]
}
