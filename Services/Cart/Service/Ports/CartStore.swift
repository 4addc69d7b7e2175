import CartDomain
import Commerce
import Postgres

/// Where carts are kept. Every change raises the cart's version and runs in the caller's transaction.
protocol CartStore: Sendable {
    /// The owner's cart, or `nil`.
    func cart(of owner: CartOwner) async throws -> Cart?
    /// Locks the owner's cart and gives its version, 0 when there is none.
    func lock(_ owner: CartOwner, in transaction: PostgresTransaction) async throws -> Int64
    /// Adds pieces, making the cart when there is none. Concurrent additions add up.
    ///
    /// - Throws: `CartViolation`.
    func add(_ line: CartLine, to owner: CartOwner, in transaction: PostgresTransaction) async throws -> Cart
    /// Sets a line's quantity; `nil` takes it out.
    func set(_ sku: SKU, to quantity: Quantity?, of owner: CartOwner, in transaction: PostgresTransaction) async throws -> Cart?
    /// Takes everything out and begins a new checkout.
    func clear(_ owner: CartOwner, in transaction: PostgresTransaction) async throws
    /// Moves a guest's lines into an account's cart and deletes the guest's.
    ///
    /// - Returns: Both carts, or `nil` when there was no guest's.
    func merge(_ guest: GuestToken, into account: AccountID, in transaction: PostgresTransaction) async throws -> MergedCart?
    /// Takes an order's lines out of the cart that it came of, once.
    ///
    /// - Returns: The cart, or `nil` when it was done before or the cart has moved on.
    func complete(
        _ checkout: CheckoutID, of account: AccountID, by order: OrderID, lines: [CartLine], in transaction: PostgresTransaction
    ) async throws -> CompletedCart?
    /// Deletes guests' carts that were not touched for so long, a few at a time.
    ///
    /// - Returns: How many were deleted.
    func deleteGuests(untouchedFor age: Duration) async throws -> Int
    /// Forgets checkouts that became orders so long ago that nobody asks for them again, a few at a time.
    ///
    /// - Returns: How many were forgotten.
    func forgetCheckouts(completedBefore age: Duration) async throws -> Int
}
