import PSPSimulatorService
import Testing

@Suite struct AcceptedCardTests {
    private let today = YearMonth(year: 2026, month: 6)

    @Test func onlyBrandLastFourAndExpiryAreKept() throws {
        let card = try self.check("4242 4242-4242 4242")
        #expect(card.brand == "visa" && card.last4 == "4242" && card.kind == .approved)
        #expect(card.expMonth == 6 && card.expYear == 2026)
    }

    @Test(arguments: ["4242424242424241", "4242", "", "42424242424242ab", "٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢"])
    func aWrongNumberIsRefused(number: String) {
        #expect(throws: ProviderRefusal.card("incorrect_number", "The card number is not right.")) { try self.check(number) }
    }

    @Test(arguments: [
        (13, 2030, "123", "invalid_expiry_month"), (0, 2030, "123", "invalid_expiry_month"),
        (5, 2026, "123", "expired_card"), (12, 2025, "123", "expired_card"), (1, 30, "123", "invalid_expiry_year"),
        (6, 2026, "12", "incorrect_cvc"), (6, 2026, "12x", "incorrect_cvc"), (6, 2026, "12345", "incorrect_cvc"),
    ]) func theWrongFieldIsNamed(month: Int, year: Int, cvc: String, code: String) {
        let error = #expect(throws: ProviderRefusal.self) {
            try self.check("4242424242424242", month: month, year: year, cvc: cvc)
        }
        #expect(error?.code == code && error?.status == 402)
    }

    @Test func everyTestCardHasItsKind() throws {
        let kinds = try [
            "4000000000000002", "4000000000009995", "4000000000000119", "4000000000000259", "4000000000000341",
        ].map { try self.check($0).kind }
        #expect(kinds == [.declined, .insufficientFunds, .answerLost, .slow, .errorTwice])
    }

    @Test func aCardNeverDescribesItself() {
        let card = CardDetails(number: "4242424242424242", expMonth: 1, expYear: 2030, cvc: "987")
        var dumped = ""
        dump(card, to: &dumped)
        for text in ["\(card)", String(reflecting: card), dumped] {
            #expect(!text.contains("4242") && !text.contains("987"))
        }
    }

    @discardableResult
    private func check(_ number: String, month: Int = 6, year: Int = 2026, cvc: String = "123") throws -> AcceptedCard {
        let card = CardDetails(number: number, expMonth: month, expYear: year, cvc: cvc)
        return try AcceptedCard.checking(card, today: self.today)
    }
}
