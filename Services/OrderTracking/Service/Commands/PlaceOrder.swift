import Commerce
import Foundation
import HTTPTypes
import Logging
import OrderTrackingDomain
import Postgres
import Resilience
import ServiceKit

/// `POST /v1/orders`: the whole of step 1 and 2 of an order's life, in the order in which it happens.
///
/// 1. The key is looked up: a repeated request gets its first answer.
/// 2. The cart is read over gRPC, before any transaction is open.
/// 3. One transaction: claim the key, write order, lines, timeline, outbox (`OrderPlaced`, `ReserveStock`) and the answer.
/// 4. After it, the cart is emptied at once, best effort; the `OrderPlaced` event does it for certain.
struct PlaceOrder: Sendable {
    /// What the shopper sends.
    struct Request: Decodable, Sendable {
        var payment_method: String
        var shipping_address: ShippingAddress
    }

    let postgres: PostgresClient
    let idempotency: IdempotencyStore
    let carts: any CartGateway
    let runner: SagaRunner
    let logger: Logger

    /// Places the order, or gives the answer that this key was given before.
    ///
    /// - Parameters:
    ///   - request: What the shopper sent, read but not yet checked.
    ///   - account: Who orders.
    ///   - key: The request's identity.
    /// - Returns: The stored answer: 201 with the order as placed.
    /// - Throws: `Problem` 409 when the checkout was ordered under another key, 422 for what cannot be ordered; `RPCError`
    ///   when the cart cannot be read in time.
    func callAsFunction(_ request: Request, account: AccountID, key: IdempotencyKey) async throws -> StoredResponse {
        if let answer = try await self.idempotency.stored(key) { return answer }
        let (method, address) = try request.checked()
        guard let checkout = try await self.carts.checkout(of: account) else {
            // The twin of this request may have emptied the cart in the meantime: then its answer is ours.
            if let answer = try await self.idempotency.stored(key) { return answer }
            throw Problem(.unprocessableContent, type: "cart-empty", detail: "There is nothing in the cart to order.")
        }
        guard checkout.unavailable.isEmpty else {
            let names = checkout.unavailable.joined(separator: ", ")
            throw Problem(
                .unprocessableContent, type: "cart-unavailable", detail: "No longer sold: \(names). Take it out of the cart to order."
            )
        }
        let order = Order(
            id: .new(), accountID: account, checkoutID: checkout.id, paymentID: .new(), paymentMethodID: method, address: address,
            saga: OrderSaga(total: checkout.total), version: 1, checks: 0, createdAt: Date()
        )
        let answer = try await self.commit(order, checkout: checkout, key: key)
        if !answer.isReplay { await self.emptyCart(checkout, order) }
        return answer
    }

    /// The one transaction.
    private func commit(_ order: Order, checkout: Checkout, key: IdempotencyKey) async throws -> StoredResponse {
        do {
            return try await self.postgres.withTransaction { transaction in
                if let answer = try await self.idempotency.claim(key, in: transaction) { return answer }
                let placed = try self.runner.place(order, lines: checkout.lines, in: transaction)
                let answer = try OrderAnswer.placed(placed, lines: checkout.lines)
                try self.idempotency.store(answer, for: key, in: transaction)
                return answer
            }
        } catch let error as PostgresError where error.constraint == "orders_one_per_checkout" {
            if let answer = try await self.idempotency.stored(key) { return answer }
            throw Problem(
                .conflict, type: "checkout-already-ordered",
                detail: "This cart has been ordered already. Change the cart to order again, or look at your orders."
            )
        }
    }

    private func emptyCart(_ checkout: Checkout, _ order: Order) async {
        do {
            try await withDeadline(.after(.milliseconds(500))) {
                try await self.carts.complete(checkout.id, of: order.accountID, by: order.id, lines: checkout.lines)
            }
        } catch {
            self.logger.debug("Cart not emptied at once; the event will", metadata: ["order.id": "\(order.id)"])
        }
    }
}

extension PlaceOrder.Request {
    /// - Throws: `Problem` 422 naming every field that cannot be used.
    func checked() throws -> (PaymentMethodID, ShippingAddress) {
        var errors: [FieldError] = []
        let method = try? PaymentMethodID(self.payment_method)
        if method == nil { errors.append(FieldError(pointer: "#/payment_method", detail: "is not a payment method's id")) }
        errors += self.shipping_address.problems(at: "#/shipping_address")
        guard errors.isEmpty, let method else { throw Problem.invalid(errors) }
        return (method, self.shipping_address)
    }
}
