import Commerce
import FoundationEssentials
import Testing

@testable import StorefrontService

@Suite struct TextTests {
    @Test(
        arguments: [
            (0, "£0.00"), (5, "£0.05"), (3_495, "£34.95"), (123_450, "£1,234.50"), (100_000_000, "£1,000,000.00"), (-250, "−£2.50"),
            (Int64.max, "£92,233,720,368,547,758.07"), (Int64.min, "−£92,233,720,368,547,758.08"),
        ] as [(Int64, String)])
    func poundsAreWritten(amount: Int64, text: String) {
        #expect(MoneyText.text(Money(amount: amount, currency: .gbp)) == text)
    }

    @Test func otherCurrenciesHaveTheirOwnDecimals() throws {
        #expect(MoneyText.text(Money(amount: 1_299, currency: try Currency("EUR"))) == "€12.99")
        #expect(MoneyText.text(Money(amount: 1_299, currency: try Currency("JPY"))) == "JPY\u{a0}1,299")
        #expect(MoneyText.text(Money(amount: 1_299, currency: try Currency("KWD"))) == "KWD\u{a0}1.299")
    }

    @Test(
        arguments: [("34.95", 3_495), ("34", 3_400), ("£ 34.5", 3_450), ("1,234.50", 123_450), ("0.05", 5), ("0", 0)] as [(String, Int64)])
    func amountsAreRead(text: String, amount: Int64) {
        #expect(MoneyText.amount(text) == amount)
    }

    @Test(arguments: [
        "", "-1", "1.234", "abc", "1.2.3", ".", "1e5", "٣", "12345678901234", "12,50", "1,23", "1.2,5", ",123", "1234,567", "1,234,5",
    ])
    func whatIsNoAmountIsNone(text: String) {
        #expect(MoneyText.amount(text) == nil)
    }

    @Test func whatIsShownInAFieldIsReadBack() {
        for amount: Int64 in [0, 1, 10, 99, 100, 3_495, 100_000_000] {
            #expect(MoneyText.amount(MoneyText.input(Money(amount: amount, currency: .gbp))) == amount)
        }
    }

    @Test func timesAreWritten() {
        let date = Date(timeIntervalSince1970: 1_795_243_509)
        #expect(TimeText.moment(date) == "21 November 2026, 06:45:09 UTC")
        #expect(TimeText.machine(date) == "2026-11-21T06:45:09Z")
    }

    @Test(arguments: ["4242424242424242", "4000000000000002", "5555555555554444", "378282246310005"])
    func cardNumbersAreKnown(number: String) {
        #expect(CardRules.isNumber(number))
    }

    @Test(arguments: ["", "4242424242424241", "424242424242424a", "0000", "42424242424242424242424242"])
    func slipsInCardNumbersAreFound(number: String) {
        #expect(!CardRules.isNumber(number))
    }

    @Test func expiriesAreRead() throws {
        for text in ["12/40", "12 / 40", "12/2040", "1240", "122040", "12-40"] {
            let expiry = try #require(CardRules.expiry(text))
            #expect(expiry.month == 12 && expiry.year == 2_040)
        }
        for text in ["", "13/40", "0/40", "12", "12/4", "12/40/1", "ab/cd", "12/04040"] {
            #expect(CardRules.expiry(text) == nil, "\(text)")
        }
    }

    @Test func formsAreDecoded() {
        let form = Form(encoded: "a=1+2%263&b=&c&a=later&%62roken=%FF&d=%E2%82%AC")
        #expect(form["a"] == "1 2&3")
        #expect(form["b"] == "" && form["c"] == "")
        #expect(form["broken"] == nil)
        #expect(form["d"] == "€")
        #expect(Form(encoded: "lines=%20One.%0D%0A%0D%0ATwo.%0D%0A").lines("lines") == "One.\n\nTwo.")
        #expect(Form(encoded: "x=" + Form.encode("a b&c=d/€"))["x"] == "a b&c=d/€")
    }
}
