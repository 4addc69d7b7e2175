import CartDomain
import Commerce
import Postgres
import ServiceKit
import TestSupport
import Testing

@testable import CartService

@Suite(.enabled(if: TestServers.postgres != nil), .timeLimit(.minutes(10))) struct ChangeCartTests {
    private let alice = CartOwner.account(AccountID.new())

    @Test func concurrentAdditionsLoseNothing() async throws {
        try await CartFixture.with { cart in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<40 {
                    group.addTask {
                        _ = try await cart.change.add(line("tea-\(index % 4)", 1), to: self.alice, ifVersion: nil)
                    }
                }
                try await group.waitForAll()
            }
            let found = try #require(try await cart.store.cart(of: self.alice))
            #expect(found.lines.map(\.quantity.value) == [10, 10, 10, 10])
            #expect(found.version == 40)
        }
    }

    @Test func linesKeepTheOrderInWhichTheyCame() async throws {
        try await CartFixture.with { cart in
            for sku in ["c", "a", "b", "a"] { _ = try await cart.change.add(line(sku, 1), to: self.alice, ifVersion: nil) }
            let found = try await cart.store.cart(of: self.alice)
            #expect(try found?.lines == [line("c", 1), line("a", 2), line("b", 1)])
        }
    }

    @Test func changesOfAnOldVersionAreRefused() async throws {
        try await CartFixture.with { cart in
            _ = try await cart.change.add(line("tea", 1), to: self.alice, ifVersion: 0)
            await #expect(throws: Problem.self) { try await cart.change.add(line("tea", 1), to: self.alice, ifVersion: 0) }
            await #expect(throws: Problem.self) { try await cart.change.clear(self.alice, ifVersion: 7) }
            let set = try await cart.change.set(SKU("tea"), to: Quantity(5), of: self.alice, ifVersion: 1)
            #expect(set?.version == 2)
        }
    }

    @Test func ofManyWhoBeginACartAtOnceOneWins() async throws {
        try await CartFixture.with { cart in
            let winners = await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 {
                    group.addTask { (try? await cart.change.add(line("tea", 1), to: self.alice, ifVersion: 0)) != nil }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            let found = try await cart.store.cart(of: self.alice)
            #expect(winners == 1)
            #expect(found?.version == 1)
        }
    }

    @Test func boundsHoldAndNothingIsHalfDone() async throws {
        try await CartFixture.with { cart in
            _ = try await cart.change.add(line("tea", Quantity.maximum), to: self.alice, ifVersion: nil)
            await #expect(throws: CartViolation.quantityTooLarge) {
                try await cart.change.add(line("tea", 1), to: self.alice, ifVersion: nil)
            }
            #expect(try await cart.store.cart(of: self.alice)?.version == 1)
            try await cart.postgres.execute(
                "insert into cart_lines (cart_id, sku, quantity) select id, 'sku-' || n, 1 from carts, generate_series(1, 499) n"
            )
            await #expect(throws: CartViolation.tooManyLines) {
                try await cart.change.add(line("one-more", 1), to: self.alice, ifVersion: nil)
            }
            let found = try await cart.store.cart(of: self.alice)
            #expect(found?.lines.count == CartRules.maximumLines)
        }
    }

    @Test func guestsCartMovesIntoTheAccountsOnce() async throws {
        try await CartFixture.with { cart in
            let (guest, account) = (GuestToken.make(), AccountID.new())
            _ = try await cart.change.add(line("tea", 2), to: .guest(guest), ifVersion: nil)
            _ = try await cart.change.add(line("milk", 1), to: .guest(guest), ifVersion: nil)
            _ = try await cart.change.add(line("tea", 1), to: .account(account), ifVersion: nil)
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<4 { group.addTask { try? await cart.change.merge(guest, into: account) } }
            }
            let found = try await cart.store.cart(of: .account(account))
            #expect(try found?.lines == [line("tea", 3), line("milk", 1)])
            let gone = try await cart.store.cart(of: .guest(guest))
            #expect(gone == nil)
            #expect(try await cart.events("souk.cart.merged.v1") == 1)
        }
    }

    @Test func untouchedGuestsAreSweptAndAccountsAreNot() async throws {
        try await CartFixture.with { cart in
            let guests = (0..<3).map { _ in CartOwner.guest(.make()) }
            for owner in guests + [self.alice] { _ = try await cart.change.add(line("tea", 1), to: owner, ifVersion: nil) }
            try await cart.postgres.execute("update carts set updated_at = now() - interval '31 days'")
            _ = try await cart.change.add(line("tea", 1), to: guests[0], ifVersion: nil)
            #expect(try await cart.store.deleteGuests(untouchedFor: .seconds(30 * 86_400)) == 2)
            #expect(try await cart.store.cart(of: guests[0])?.lines.count == 1)
            #expect(try await cart.store.cart(of: self.alice)?.lines.count == 1)
        }
    }
}
