import CartDomain
import Commerce
import Testing

@testable import CartService

@Suite struct ShowCartTests {
    private struct CatalogIsDown: Error {}

    /// A catalog that says what it is told to.
    private struct StandInBook: ProductBook {
        var known = KnownProducts()

        func products(_ skus: [SKU]) async throws -> KnownProducts { self.known }

        func currentProducts(_ skus: [SKU]) async throws -> [SKU: ProductInfo] {
            if let failure = self.known.failure { throw failure }
            return self.known.products
        }
    }

    private func product(_ sku: String, _ price: Int64) throws -> ProductInfo {
        ProductInfo(sku: try SKU(sku), name: sku, price: Money(amount: price, currency: .gbp), version: 1)
    }

    @Test func showsCurrentPrices() async throws {
        let book = StandInBook(known: KnownProducts(products: [try SKU("tea"): try self.product("tea", 199)]))
        let cart = try await ShowCart(book: book).priced([line("tea", 2)])
        #expect(cart.total.amount == 398)
        #expect(cart.freshness == .current)
    }

    @Test func lastKnownPricesAreShownAndSayWhatTheyAre() async throws {
        let tea = try SKU("tea")
        let book = StandInBook(
            known: KnownProducts(products: [tea: try self.product("tea", 199)], outdated: [tea], failure: CatalogIsDown())
        )
        let show = ShowCart(book: book)
        #expect(try await show.priced([line("tea", 2)]).freshness == .lastKnown)
        #expect(try await show.isSold(tea))
        // But nothing is ordered at them.
        await #expect(throws: CatalogIsDown.self) { try await show.pricedNow([line("tea", 2)]) }
    }

    @Test func linesWithoutAPriceAreNotInTheTotal() async throws {
        let book = StandInBook(
            known: KnownProducts(
                products: [try SKU("tea"): try self.product("tea", 199)], unknown: [try SKU("milk")], failure: CatalogIsDown()
            )
        )
        let show = ShowCart(book: book)
        let cart = try await show.priced([line("tea", 1), line("milk", 1), line("gone", 1)])
        #expect(cart.total.amount == 199)
        #expect(cart.freshness == .incomplete)
        #expect(try cart.unpriced == [SKU("milk")])
        #expect(try cart.unavailable == [SKU("gone")])
        let milk = try SKU("milk")
        await #expect(throws: CatalogIsDown.self) { try await show.isSold(milk) }
    }

    @Test func cartOfWhichNoPriceIsKnownIsNotShown() async throws {
        let book = StandInBook(known: KnownProducts(unknown: [try SKU("tea")], failure: CatalogIsDown()))
        let show = ShowCart(book: book)
        await #expect(throws: CatalogIsDown.self) { try await show.priced([line("tea", 1)]) }
        #expect(try await show.priced([]).total.amount == 0)
    }

    @Test func changedCartIsShownEvenIfNoPriceIsKnown() async throws {
        let book = StandInBook(known: KnownProducts(unknown: [try SKU("tea")], failure: CatalogIsDown()))
        let cart = try await ShowCart(book: book).pricedAfterChange([line("tea", 1)])
        #expect(cart.lines.isEmpty)
        #expect(cart.freshness == .incomplete)
        #expect(try cart.unpriced == [SKU("tea")])
    }

    @Test func changedCartIsShownEvenIfItsPricesHaveNoSum() async throws {
        let products = try [SKU("tea"): self.product("tea", .max), SKU("milk"): self.product("milk", 1)]
        let show = ShowCart(book: StandInBook(known: KnownProducts(products: products)))
        let lines = try [line("tea", 1), line("milk", 1), line("gone", 1)]
        let cart = try await show.pricedAfterChange(lines)
        #expect(cart.freshness == .incomplete)
        #expect(try cart.unpriced == [SKU("tea"), SKU("milk")])
        #expect(try cart.unavailable == [SKU("gone")])
        #expect(cart.pieces == 3)
        #expect(cart.total.amount == 0)
        await #expect(throws: CartViolation.totalTooLarge) { try await show.priced(lines) }
    }
}
