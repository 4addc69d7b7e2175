import Commerce
import PaymentsDomain
import Testing

@Suite struct LedgerTransactionTests {
    private var payment: Payment {
        Payment(
            id: Fixture.payment,
            orderID: Fixture.order,
            status: .captured,
            amount: Money(amount: 1299, currency: .gbp),
            captured: Money(amount: 1000, currency: .gbp)
        )
    }

    @Test func everyTransactionAddsUpToZeroInEachLayer() {
        for transaction in self.all {
            for layer in [LedgerLayer.posted, .pending] {
                let entries = transaction.entries.filter { $0.layer == layer }
                #expect(entries.reduce(0) { $0 + $1.amount } == 0, "\(transaction.id)")
                #expect(entries.allSatisfy { $0.amount != 0 })
            }
        }
    }

    @Test func anAuthorizationIsOnlyPending() {
        let transaction = LedgerTransaction.authorization(of: self.payment)
        #expect(transaction.entries.allSatisfy { $0.layer == .pending })
        #expect(transaction.id == "\(Fixture.payment):authorize")
        #expect(transaction.pendingID == nil)
    }

    @Test func aCaptureEndsThePromiseAndPostsTheSale() {
        let both = [LedgerTransaction.authorization(of: self.payment), .capture(of: self.payment)]
        #expect(Self.balance(both, .pspClearing, .pending) == 0)
        #expect(Self.balance(both, .customerReceivable, .pending) == 0)
        #expect(Self.balance(both, .pspClearing, .posted) == 1000)
        #expect(Self.balance(both, .sales, .posted) == -1000)
        #expect(Self.balance(both, .customerReceivable, .posted) == 0)
        #expect(both[1].pendingID == both[0].id)
    }

    @Test func aVoidLeavesNothing() {
        let both = [LedgerTransaction.authorization(of: self.payment), .void(of: self.payment)]
        for account in LedgerAccount.allCases {
            #expect(Self.balance(both, account, .pending) == 0)
            #expect(Self.balance(both, account, .posted) == 0)
        }
    }

    @Test func aRefundOfAllBringsTheProvidersDebtBackToZero() {
        let refund = LedgerTransaction.refund(Fixture.refund, Money(amount: 1000, currency: .gbp), of: self.payment)
        let both = [LedgerTransaction.capture(of: self.payment), refund]
        #expect(Self.balance(both, .pspClearing, .posted) == 0)
        #expect(Self.balance(both, .refunds, .posted) == 1000)
        #expect(Self.balance(both, .sales, .posted) == -1000)
    }

    private var all: [LedgerTransaction] {
        [
            .authorization(of: self.payment), .capture(of: self.payment), .void(of: self.payment),
            .refund(Fixture.refund, Money(amount: 7, currency: .gbp), of: self.payment),
        ]
    }

    private static func balance(_ transactions: [LedgerTransaction], _ account: LedgerAccount, _ layer: LedgerLayer) -> Int64 {
        transactions.flatMap(\.entries).filter { $0.account == account && $0.layer == layer }.reduce(0) { $0 + $1.amount }
    }
}
