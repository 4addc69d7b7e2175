import Commerce
import Testing

@Suite struct MoneyTests {
    private let price = Money(amount: 255, currency: .gbp)

    @Test func addsAndSubtractsExactly() throws {
        #expect(try self.price.adding(Money(amount: 45, currency: .gbp)).amount == 300)
        #expect(try self.price.subtracting(Money(amount: 300, currency: .gbp)).amount == -45)
    }

    @Test func multipliesByAQuantity() throws {
        #expect(try self.price.multiplied(by: Quantity(600)).amount == 153_000)
    }

    @Test func refusesToMixCurrencies() throws {
        let euro = Money(amount: 1, currency: try Currency("EUR"))
        #expect { try self.price.adding(euro) } throws: { ($0 as? CommerceError)?.code == .currencyMismatch }
        #expect { try self.price.subtracting(euro) } throws: { ($0 as? CommerceError)?.code == .currencyMismatch }
    }

    @Test func refusesToOverflow() throws {
        let most = Money(amount: .max, currency: .gbp)
        #expect { try most.adding(self.price) } throws: { ($0 as? CommerceError)?.code == .overflow }
        #expect { try most.multiplied(by: Quantity(2)) } throws: { ($0 as? CommerceError)?.code == .overflow }
        #expect { try Money(amount: .min, currency: .gbp).subtracting(self.price) } throws: { ($0 as? CommerceError)?.code == .overflow }
    }

    @Test func sumsNothingToZero() throws {
        #expect(try Money.sum([], in: .gbp) == .zero(.gbp))
        #expect(try Money.sum([self.price, self.price], in: .gbp).amount == 510)
    }
}
