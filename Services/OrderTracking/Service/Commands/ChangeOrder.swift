import Commerce
import Foundation
import OrderTrackingDomain
import Postgres
import ServiceKit

/// What people do to an order that is there: cancel, ship, deliver, refund. Each is one transaction on the locked row.
struct ChangeOrder: Sendable {
    let postgres: PostgresClient
    let idempotency: IdempotencyStore
    let store: any OrderStore
    let runner: SagaRunner

    /// Cancels an order of an account.
    ///
    /// - Throws: `Problem` 404 when it is not there or not the account's; `SagaRefusal` when it was shipped.
    func cancel(_ id: OrderID, account: AccountID) async throws {
        try await self.postgres.withTransaction { transaction in
            guard var order = try await self.store.lock(id, in: transaction), order.accountID == account else {
                throw Problem.notFound("order")
            }
            try self.runner.apply(.cancel, to: &order, in: transaction)
        }
    }

    /// Hands a confirmed order to a carrier; the payment is captured.
    ///
    /// - Throws: `Problem` 404; `SagaRefusal` unless the order is confirmed.
    func ship(_ id: OrderID, shipment: Shipment, key: IdempotencyKey?) async throws -> StoredResponse {
        try await self.change(id, key: key) { (order: inout Order, transaction) in
            try self.runner.apply(.ship, to: &order, shipment: shipment, in: transaction)
            self.store.insert(shipment, of: id, in: transaction)
            return try OrderAnswer.shipped(shipment, order: id)
        }
    }

    /// Records that the carrier has delivered an order.
    ///
    /// - Throws: `Problem` 404; `SagaRefusal` unless the order is on its way.
    func deliver(_ id: OrderID) async throws {
        try await self.postgres.withTransaction { transaction in
            guard var order = try await self.store.lock(id, in: transaction) else { throw Problem.notFound("order") }
            try self.runner.apply(.deliver, to: &order, in: transaction)
        }
    }

    /// Gives money back.
    ///
    /// - Parameters:
    ///   - amount: Minor units in the order's currency; `nil` for all that can still be refunded.
    /// - Throws: `Problem` 404; `SagaRefusal` when nothing was captured or the amount is more than what is left.
    func refund(_ id: OrderID, amount: Money?, reason: String, key: IdempotencyKey) async throws -> StoredResponse {
        try await self.change(id, key: key) { (order: inout Order, transaction) in
            let refund = Refund(
                id: .new(), amount: amount ?? order.saga.refundable, reason: reason, state: .requested, createdAt: Date()
            )
            try self.runner.apply(.refund(refund.id, amount: refund.amount), to: &order, in: transaction)
            self.store.insert(refund, of: id, in: transaction)
            return try OrderAnswer.refundRequested(refund, order: id)
        }
    }

    private func change(
        _ id: OrderID, key: IdempotencyKey?, _ body: @Sendable (inout Order, PostgresTransaction) throws -> StoredResponse
    ) async throws -> StoredResponse {
        try await self.idempotency.run(key) { transaction in
            guard var order = try await self.store.lock(id, in: transaction) else { throw Problem.notFound("order") }
            return try body(&order, transaction)
        }
    }
}
