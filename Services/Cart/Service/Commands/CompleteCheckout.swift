import CartDomain
import Commerce
import Contracts
import Events
import Metrics
import Postgres
import SwiftProtobuf

/// A checkout became an order: takes the ordered lines out of the cart, once, whoever asks first.
struct CompleteCheckout: Sendable {
    let postgres: PostgresClient
    let store: any CartStore
    let outbox: Outbox

    /// In a transaction of its own.
    ///
    /// - Returns: Whether it was done now; `false` when it had been done before.
    func callAsFunction(_ checkout: CheckoutID, of account: AccountID, by order: OrderID, lines: [CartLine]) async throws -> Bool {
        try await self.postgres.withTransaction { transaction in
            try await self.apply(checkout, of: account, by: order, lines: lines, in: transaction)
        }
    }

    /// In the caller's transaction.
    func apply(
        _ checkout: CheckoutID, of account: AccountID, by order: OrderID, lines: [CartLine], in transaction: PostgresTransaction
    ) async throws -> Bool {
        guard let cart = try await self.store.complete(checkout, of: account, by: order, lines: lines, in: transaction) else {
            return false
        }
        let message = Souk_Events_V1_CartCheckedOut.with {
            ($0.cartID, $0.accountID) = (cart.id.rawValue, account.rawValue)
            ($0.checkoutID, $0.orderID) = (checkout.rawValue, order.rawValue)
        }
        self.outbox.append(
            [try NewEvent(message, key: cart.id.rawValue, aggregateType: "cart", aggregateVersion: cart.version)], in: transaction
        )
        transaction.afterCommit { Counter(label: "cart_checkouts_total").increment() }
        return true
    }
}
