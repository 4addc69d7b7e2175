import Commerce
import OrderTrackingDomain
import Postgres
import Resilience
import Testing

@testable import OrderTrackingService

@Suite struct AwaitOrderTests {
    /// A deadline as a database client keeps it: who comes after it is refused.
    private struct Late: Error {}

    @Test func theClientsWaitIsNoPartOfTheRequestsDeadline() async throws {
        let order = Order.sample()
        let looks = Looks()
        let awaiting = AwaitOrder(
            store: OneOrder {
                if let deadline = CallScope.current.deadline, deadline.isExpired { throw Late() }
                return await looks.next(order)
            },
            watch: OrderWatch(), interval: .milliseconds(1)
        )
        let seen = try await withDeadline(.after(.zero)) {
            try await awaiting.settled(order.id, within: .seconds(60))
        }
        #expect(seen?.order.saga.status == .cancelled)
        #expect(await looks.count == 3)
    }

    @Test func orderThatDoesNotMoveIsShownAsItStandsWhenTheTimeIsOver() async throws {
        let order = Order.sample()
        let awaiting = AwaitOrder(store: OneOrder { Self.view(order) }, watch: OrderWatch(), interval: .milliseconds(1))
        let seen = try await awaiting.settled(order.id, within: .milliseconds(5))
        #expect(seen?.order.saga.status == .placed)
    }

    // MARK: - Support

    /// Cancelled at the third look.
    private actor Looks {
        private(set) var count = 0

        func next(_ order: Order) -> OrderView {
            self.count += 1
            guard self.count > 2 else { return AwaitOrderTests.view(order) }
            var order = order
            let saga = order.saga
            order.saga = OrderSaga(
                status: .cancelled, stock: saga.stock, payment: saga.payment, cancelReason: .customer, isDelivered: false,
                total: saga.total, captured: saga.captured, refunded: saga.refunded, openRefunds: [:]
            )
            return AwaitOrderTests.view(order)
        }
    }

    /// A store of one order, for those who only look at it.
    private struct OneOrder: OrderStore {
        let look: @Sendable () async throws -> OrderView?

        func view(_ id: OrderID) async throws -> OrderView? { try await self.look() }

        func insert(_ order: Order, lines: [OrderLine], steps: [SagaStep], in transaction: PostgresTransaction) throws {}
        func lock(_ id: OrderID, in transaction: PostgresTransaction) async throws -> Order? { nil }
        func lockOverdue(limit: Int, in transaction: PostgresTransaction) async throws -> [OverdueOrder] { [] }
        func save(_ order: Order, step: SagaStep, in transaction: PostgresTransaction) throws {}
        func postpone(_ order: Order, by pause: Duration, in transaction: PostgresTransaction) {}
        func lines(of id: OrderID, in transaction: PostgresTransaction) async throws -> [OrderLine] { [] }
        func insert(_ shipment: Shipment, of order: OrderID, in transaction: PostgresTransaction) {}
        func insert(_ refund: Refund, of order: OrderID, in transaction: PostgresTransaction) {}
        func settle(_ refund: RefundID, as state: Refund.State, failure: String?, in transaction: PostgresTransaction) {}
        func list(_ filter: OrderFilter, before cursor: OrderID?, limit: Int) async throws -> [OrderView] { [] }
        func timeline(of id: OrderID, after entry: Int) async throws -> [TimelineEntry] { [] }
    }

    fileprivate static func view(_ order: Order) -> OrderView {
        OrderView(order: order, lines: [], timeline: [], shipment: nil, refunds: [])
    }
}
