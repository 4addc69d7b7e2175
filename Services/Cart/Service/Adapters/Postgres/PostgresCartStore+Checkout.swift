import CartDomain
import Commerce
import Postgres
import ServiceKit

/// Where carts meet: a guest's becomes an account's, an account's becomes an order.
extension PostgresCartStore {
    func merge(_ guest: GuestToken, into account: AccountID, in transaction: PostgresTransaction) async throws -> MergedCart? {
        // The guest's row first, then the account's: the same order everywhere, so that two merges cannot wait for each other.
        _ = try await self.lock(.guest(guest), in: transaction)
        guard let guestCart = try Self.cart(await transaction.query(Self.contents(.guest(guest)))), let id = guestCart.id else {
            return nil
        }
        let results = try await transaction.pipeline([Self.touch(.account(account)), Self.contents(.account(account))])
        guard let own = try Self.cart(results[1]), let ownID = own.id else { return nil }
        let lines = try CartRules.merged(own.lines, with: guestCart.lines)
        transaction.enqueue(
            """
            insert into cart_lines (cart_id, sku, quantity)
            select \(ownID.rawValue), sku, quantity
            from unnest(\(lines.map(\.sku.rawValue)), \(lines.map { Int32($0.quantity.value) })) as l (sku, quantity)
            on conflict (cart_id, sku) do update set quantity = excluded.quantity
            """
        )
        transaction.enqueue("delete from carts where id = \(id.rawValue)")
        return MergedCart(cart: ownID, version: own.version, guest: id)
    }

    func complete(
        _ checkout: CheckoutID, of account: AccountID, by order: OrderID, lines: [CartLine], in transaction: PostgresTransaction
    ) async throws -> CompletedCart? {
        let results = try await transaction.pipeline([
            """
            insert into completed_checkouts (checkout_id, order_id) values (\(checkout.rawValue), \(order.rawValue))
            on conflict do nothing
            """,
            "select id, version from carts where account_id = \(account.rawValue) and checkout_id = \(checkout.rawValue) for update",
        ])
        guard results[0].affectedRows == 1, let row = results[1].first else { return nil }
        let (id, version) = try row.decode((String, Int64).self)
        let (skus, quantities) = (lines.map(\.sku.rawValue), lines.map { Int32($0.quantity.value) })
        transaction.enqueue(
            """
            delete from cart_lines l using unnest(\(skus), \(quantities)) as o (sku, quantity)
            where l.cart_id = \(id) and l.sku = o.sku and l.quantity <= o.quantity
            """
        )
        // What is left of an ordered product was added after the order was placed.
        transaction.enqueue(
            """
            update cart_lines l set quantity = l.quantity - o.quantity from unnest(\(skus), \(quantities)) as o (sku, quantity)
            where l.cart_id = \(id) and l.sku = o.sku
            """
        )
        transaction.enqueue(
            """
            update carts set checkout_id = \(CheckoutID.new().rawValue), version = version + 1, updated_at = now()
            where id = \(id)
            """
        )
        return CompletedCart(id: try CartID(id), version: version + 1)
    }
}
