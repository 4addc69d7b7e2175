import CartDomain
import Commerce
import Contracts
import Events
import Metrics
import Postgres
import ServiceKit
import SwiftProtobuf

/// What shoppers do to their carts. Each change is one transaction on the cart's locked row.
struct ChangeCart: Sendable {
    let postgres: PostgresClient
    let store: any CartStore
    let outbox: Outbox

    /// Adds pieces of a product.
    ///
    /// - Parameter version: The version that the caller has seen, from `If-Match`; `nil` for any.
    /// - Throws: `Problem` 412 when the cart has moved on; `CartViolation`.
    func add(_ line: CartLine, to owner: CartOwner, ifVersion version: Int64?) async throws -> Cart {
        try await self.postgres.withTransaction { transaction in
            try await self.add(line, to: owner, ifVersion: version, in: transaction)
        }
    }

    /// The same in the caller's transaction.
    func add(_ line: CartLine, to owner: CartOwner, ifVersion version: Int64?, in transaction: PostgresTransaction) async throws -> Cart {
        try await self.require(version, of: owner, in: transaction)
        let cart = try await self.store.add(line, to: owner, in: transaction)
        try Self.check(cart, follows: version)
        self.count("add", in: transaction)
        return cart
    }

    /// Sets a line's quantity; `nil` takes it out.
    func set(_ sku: SKU, to quantity: Quantity?, of owner: CartOwner, ifVersion version: Int64?) async throws -> Cart? {
        try await self.postgres.withTransaction { transaction in
            try await self.require(version, of: owner, in: transaction)
            let cart = try await self.store.set(sku, to: quantity, of: owner, in: transaction)
            if let cart { try Self.check(cart, follows: version) }
            self.count(quantity == nil ? "remove" : "set", in: transaction)
            return cart
        }
    }

    /// Takes everything out.
    func clear(_ owner: CartOwner, ifVersion version: Int64?) async throws {
        try await self.postgres.withTransaction { transaction in
            try await self.require(version, of: owner, in: transaction)
            try await self.store.clear(owner, in: transaction)
            self.count("clear", in: transaction)
        }
    }

    /// Moves a guest's lines into the account's cart. Done again, it changes nothing.
    func merge(_ guest: GuestToken, into account: AccountID) async throws {
        try await self.postgres.withTransaction { transaction in
            guard let merged = try await self.store.merge(guest, into: account, in: transaction) else { return }
            let message = Souk_Events_V1_CartMerged.with {
                ($0.cartID, $0.guestCartID, $0.accountID) = (merged.cart.rawValue, merged.guest.rawValue, account.rawValue)
            }
            let event = try NewEvent(
                message, key: merged.cart.rawValue, aggregateType: "cart", aggregateVersion: merged.version
            )
            self.outbox.append([event], in: transaction)
            self.count("merge", in: transaction)
        }
    }

    private func require(_ version: Int64?, of owner: CartOwner, in transaction: PostgresTransaction) async throws {
        guard let version else { return }
        guard try await self.store.lock(owner, in: transaction) == version else { throw Problem.preconditionFailed }
    }

    /// A cart that did not exist could not be locked, so another request may have made it since.
    private static func check(_ cart: Cart, follows version: Int64?) throws {
        guard let version else { return }
        guard cart.version == version + 1 else { throw Problem.preconditionFailed }
    }

    private func count(_ operation: String, in transaction: PostgresTransaction) {
        transaction.afterCommit { Counter(label: "cart_changes_total", dimensions: [("operation", operation)]).increment() }
    }
}
