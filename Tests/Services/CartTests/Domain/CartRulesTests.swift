import CartDomain
import Commerce
import Testing

@Suite struct CartRulesTests {
    @Test func mergingAddsUpWhatIsInBoth() throws {
        let merged = try CartRules.merged([self.line("A", 2), self.line("B", 1)], with: [self.line("B", 3), self.line("C", 1)])
        #expect(try merged == [self.line("A", 2), self.line("B", 4), self.line("C", 1)])
    }

    @Test func mergingStopsAtTheLargestQuantity() throws {
        let merged = try CartRules.merged([self.line("A", 99_999)], with: [self.line("A", 5)])
        #expect(try merged == [self.line("A", Quantity.maximum)])
    }

    @Test func mergingKeepsTheAccountsLinesWhenBothAreFull() throws {
        let own = try (0..<CartRules.maximumLines).map { try self.line("own-\($0)", 1) }
        let merged = try CartRules.merged(own, with: [self.line("guest", 1), self.line("own-7", 1)])
        #expect(merged.count == CartRules.maximumLines)
        #expect(merged[7].quantity.value == 2)
    }

    @Test func pricesAtTheCatalogsPrices() throws {
        let products = try [SKU("A"): self.product("A", 255), SKU("B"): self.product("B", 1)]
        let cart = try PricedCart([self.line("A", 6), self.line("B", 2), self.line("gone", 1)], products: products, currency: .gbp)
        #expect(cart.total.amount == 1_532)
        #expect(cart.lines.map(\.total.amount) == [1_530, 2])
        #expect(try cart.unavailable == [SKU("gone")])
    }

    @Test func countsThePiecesWhateverIsKnownOfThem() throws {
        let products = try [SKU("A"): self.product("A", 255)]
        let lines = try [self.line("A", 6), self.line("unpriced", 2), self.line("gone", 1)]
        #expect(try PricedCart(lines, products: products, unknown: [SKU("unpriced")], currency: .gbp).pieces == 9)
    }

    @Test func refusesATotalThatDoesNotExist() throws {
        let products = try [SKU("A"): self.product("A", .max), SKU("B"): self.product("B", 1)]
        let lines = try [self.line("A", 1), self.line("B", 1)]
        #expect(throws: CartViolation.totalTooLarge) { try PricedCart(lines, products: products, currency: .gbp) }
        let twice = try [self.line("A", 2)]
        #expect(throws: CartViolation.totalTooLarge) { try PricedCart(twice, products: products, currency: .gbp) }
    }

    private func line(_ sku: String, _ quantity: Int) throws -> CartLine {
        CartLine(sku: try SKU(sku), quantity: try Quantity(quantity))
    }

    private func product(_ sku: String, _ price: Int64) throws -> ProductInfo {
        ProductInfo(sku: try SKU(sku), name: sku, price: Money(amount: price, currency: .gbp), version: 1)
    }
}
