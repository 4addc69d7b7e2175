import Commerce
import Foundation
import Testing

@Suite struct VocabularyTests {
    @Test(arguments: ["85123A", "POST", "D", "a", "15056bl", "gift.card_1-x", String(repeating: "x", count: 64)])
    func admitsSKU(_ text: String) throws {
        #expect(try SKU(text).rawValue == text)
    }

    @Test(arguments: ["", " ", "a b", "-a", ".", "ä", "a/b", "a\0", String(repeating: "x", count: 65)])
    func refusesSKU(_ text: String) {
        #expect { try SKU(text) } throws: { ($0 as? CommerceError)?.code == .invalidSKU }
    }

    @Test func ordersSKUsByBytes() throws {
        let sorted = try ["b", "B", "a1", "A", "10", "9"].map { try SKU($0) }.sorted()
        #expect(sorted.map(\.rawValue) == ["10", "9", "A", "B", "a1", "b"])
    }

    @Test(arguments: [0, -1, 100_001, .min, .max])
    func refusesQuantity(_ value: Int) {
        #expect { try Quantity(value) } throws: { ($0 as? CommerceError)?.code == .invalidQuantity }
    }

    @Test(arguments: ["gbp", "GB", "GBPX", "G1P", ""])
    func refusesCurrency(_ code: String) {
        #expect { try Currency(code) } throws: { ($0 as? CommerceError)?.code == .invalidCurrency }
    }

    @Test func readsAndWritesJSON() throws {
        let money = Money(amount: 1299, currency: .gbp)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(String(decoding: try encoder.encode(money), as: UTF8.self) == #"{"amount":1299,"currency":"GBP"}"#)
        #expect(try JSONDecoder().decode(Money.self, from: Data(#"{"currency":"GBP","amount":1299}"#.utf8)) == money)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Money.self, from: Data(#"{"currency":"gbp","amount":1}"#.utf8)) }
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Money.self, from: Data(#"{"currency":"GBP","amount":1.5}"#.utf8)) }
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Quantity.self, from: Data("0".utf8)) }
    }
}
