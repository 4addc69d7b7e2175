import CartDomain
import Commerce
import Postgres
import ServiceKit

/// Carts in PostgreSQL.
struct PostgresCartStore: CartStore {
    let postgres: PostgresClient

    func cart(of owner: CartOwner) async throws -> Cart? {
        try Self.cart(
            await self.postgres.query(
                """
                select c.id, c.checkout_id, c.version, l.sku, l.quantity
                from carts c left join cart_lines l on l.cart_id = c.id where \(Self.isOf(owner)) order by l.place
                """
            )
        )
    }

    func lock(_ owner: CartOwner, in transaction: PostgresTransaction) async throws -> Int64 {
        let rows = try await transaction.query("select c.version from carts c where \(Self.isOf(owner)) for update")
        return try rows.first?.decode(Int64.self) ?? 0
    }

    func add(_ line: CartLine, to owner: CartOwner, in transaction: PostgresTransaction) async throws -> Cart {
        let results = try await Self.admitting {
            try await transaction.pipeline([
                Self.touch(owner),
                """
                insert into cart_lines (cart_id, sku, quantity)
                select c.id, \(line.sku.rawValue), \(Int32(line.quantity.value)) from carts c where \(Self.isOf(owner))
                on conflict (cart_id, sku) do update set quantity = cart_lines.quantity + excluded.quantity
                """,
                Self.contents(owner),
            ])
        }
        return try self.bounded(Self.cart(results[2]))
    }

    func set(
        _ sku: SKU, to quantity: Quantity?, of owner: CartOwner, in transaction: PostgresTransaction
    ) async throws -> Cart? {
        guard let quantity else {
            let results = try await transaction.pipeline([
                "update carts c set version = version + 1, updated_at = now() where \(Self.isOf(owner))",
                "delete from cart_lines l using carts c where c.id = l.cart_id and l.sku = \(sku.rawValue) and \(Self.isOf(owner))",
                Self.contents(owner),
            ])
            return try Self.cart(results[2])
        }
        let results = try await transaction.pipeline([
            Self.touch(owner),
            """
            insert into cart_lines (cart_id, sku, quantity)
            select c.id, \(sku.rawValue), \(Int32(quantity.value)) from carts c where \(Self.isOf(owner))
            on conflict (cart_id, sku) do update set quantity = excluded.quantity
            """,
            Self.contents(owner),
        ])
        return try self.bounded(Self.cart(results[2]))
    }

    func clear(_ owner: CartOwner, in transaction: PostgresTransaction) async throws {
        _ = try await transaction.pipeline([
            // A new checkout: an order of the old one that is still on its way must not take new lines out.
            """
            update carts c set version = version + 1, updated_at = now(), checkout_id = \(CheckoutID.new().rawValue)
            where \(Self.isOf(owner))
            """,
            "delete from cart_lines l using carts c where c.id = l.cart_id and \(Self.isOf(owner))",
        ])
    }

    func deleteGuests(untouchedFor age: Duration) async throws -> Int {
        try await self.postgres.execute(
            """
            delete from carts where id in (select id from carts where account_id is null
                and updated_at < now() - \(age.components.seconds) * interval '1 second' limit 1000)
            """
        )
    }

    func forgetCheckouts(completedBefore age: Duration) async throws -> Int {
        try await self.postgres.execute(
            """
            delete from completed_checkouts where checkout_id in (select checkout_id from completed_checkouts
                where completed_at < now() - \(age.components.seconds) * interval '1 second' limit 1000)
            """
        )
    }

    // MARK: Statements

    /// Which row of `carts c` is the owner's.
    static func isOf(_ owner: CartOwner) -> PostgresQuery {
        switch owner {
        case .account(let account): "c.account_id = \(account.rawValue)"
        case .guest(let token): "c.guest_token_hash = \(token.hash)"
        }
    }

    /// Makes the owner's cart, or raises its version; either way its row is locked until the transaction ends.
    static func touch(_ owner: CartOwner) -> PostgresQuery {
        let (id, checkout) = (CartID.new().rawValue, CheckoutID.new().rawValue)
        return switch owner {
        case .account(let account):
            """
            insert into carts as c (id, account_id, checkout_id) values (\(id), \(account.rawValue), \(checkout))
            on conflict (account_id) do update set version = c.version + 1, updated_at = now()
            """
        case .guest(let token):
            """
            insert into carts as c (id, guest_token_hash, checkout_id) values (\(id), \(token.hash), \(checkout))
            on conflict (guest_token_hash) do update set version = c.version + 1, updated_at = now()
            """
        }
    }

    static func contents(_ owner: CartOwner) -> PostgresQuery {
        """
        select c.id, c.checkout_id, c.version, l.sku, l.quantity
        from carts c left join cart_lines l on l.cart_id = c.id where \(Self.isOf(owner)) order by l.place
        """
    }

    static func cart(_ rows: PostgresRows) throws -> Cart? {
        guard let first = rows.first else { return nil }
        let (id, checkout, version, _, _) = try first.decode((String, String, Int64, String?, Int32?).self)
        let lines = try rows.compactMap { row -> CartLine? in
            let (_, _, _, sku, quantity) = try row.decode((String, String, Int64, String?, Int32?).self)
            guard let sku, let quantity else { return nil }
            return CartLine(sku: try SKU(sku), quantity: try Quantity(Int(quantity)))
        }
        return Cart(id: try CartID(id), checkoutID: try CheckoutID(checkout), version: version, lines: lines)
    }

    /// A cart with more lines than it may have fails its transaction.
    private func bounded(_ cart: Cart?) throws -> Cart {
        guard let cart else { throw CartViolation.tooManyLines }
        guard cart.lines.count <= CartRules.maximumLines else { throw CartViolation.tooManyLines }
        return cart
    }

    /// Says the rule that the database's constraint stands for.
    static func admitting<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as PostgresError where error.constraint == "cart_lines_quantity" || error.sqlState == .numericValueOutOfRange {
            throw CartViolation.quantityTooLarge
        }
    }
}
