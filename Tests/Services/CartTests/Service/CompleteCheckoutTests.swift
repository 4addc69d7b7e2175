import CartDomain
import Commerce
import Postgres
import ServiceKit
import TestSupport
import Testing

@testable import CartService

@Suite(.enabled(if: TestServers.postgres != nil), .timeLimit(.minutes(10))) struct CompleteCheckoutTests {
    private let account = AccountID.new()
    private var owner: CartOwner { .account(self.account) }

    /// The cart's checkout as an order reads it.
    private func checkout(_ cart: CartFixture) async throws -> (id: CheckoutID, lines: [CartLine]) {
        let found = try #require(try await cart.store.cart(of: self.owner))
        return (found.checkoutID, found.lines)
    }

    @Test func takesOutWhatWasOrderedAndLeavesWhatCameSince() async throws {
        try await CartFixture.with { cart in
            _ = try await cart.change.add(line("tea", 2), to: self.owner, ifVersion: nil)
            _ = try await cart.change.add(line("milk", 1), to: self.owner, ifVersion: nil)
            let ordered = try await self.checkout(cart)
            _ = try await cart.change.add(line("tea", 3), to: self.owner, ifVersion: nil)
            _ = try await cart.change.add(line("sugar", 1), to: self.owner, ifVersion: nil)
            let isFirst = try await cart.completion(ordered.id, of: self.account, by: .new(), lines: ordered.lines)
            #expect(isFirst)
            let left = try await self.checkout(cart)
            #expect(try left.lines == [line("tea", 3), line("sugar", 1)])
            #expect(left.id != ordered.id)
        }
    }

    @Test func isDoneOnceHoweverOftenItIsAskedFor() async throws {
        try await CartFixture.with { cart in
            _ = try await cart.change.add(line("tea", 2), to: self.owner, ifVersion: nil)
            let ordered = try await self.checkout(cart)
            let order = OrderID.new()
            let times = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<6 {
                    group.addTask { try await cart.completion(ordered.id, of: self.account, by: order, lines: ordered.lines) }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(times == 1)
            _ = try await cart.change.add(line("tea", 2), to: self.owner, ifVersion: nil)
            let again = try await cart.completion(ordered.id, of: self.account, by: order, lines: ordered.lines)
            #expect(!again)
            let left = try await self.checkout(cart)
            #expect(try left.lines == [line("tea", 2)])
            #expect(try await cart.events("souk.cart.checked_out.v1") == 1)
        }
    }

    @Test func clearedCartIsNotTouchedByAnOlderOrder() async throws {
        try await CartFixture.with { cart in
            _ = try await cart.change.add(line("tea", 2), to: self.owner, ifVersion: nil)
            let ordered = try await self.checkout(cart)
            try await cart.change.clear(self.owner, ifVersion: nil)
            _ = try await cart.change.add(line("tea", 1), to: self.owner, ifVersion: nil)
            let applied = try await cart.completion(ordered.id, of: self.account, by: .new(), lines: ordered.lines)
            #expect(!applied)
            let left = try await self.checkout(cart)
            #expect(try left.lines == [line("tea", 1)])
        }
    }

    @Test func oldCheckoutsAreForgotten() async throws {
        try await CartFixture.with { cart in
            try await cart.postgres.execute(
                """
                insert into completed_checkouts (checkout_id, order_id, completed_at)
                values ('chk_1', 'ord_1', now() - interval '91 days'), ('chk_2', 'ord_2', now())
                """
            )
            #expect(try await cart.store.forgetCheckouts(completedBefore: .seconds(90 * 86_400)) == 1)
        }
    }
}
