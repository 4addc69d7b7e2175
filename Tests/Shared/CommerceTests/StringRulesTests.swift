import Commerce
import Testing

@Suite struct StringRulesTests {
    @Test func controlCharactersAreThoseOfUnicode() {
        for value in UInt32(0)...0x2FFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            #expect(
                "a\(Character(scalar))".hasControlCharacters == (scalar.properties.generalCategory == .control),
                "U+\(String(value, radix: 16))"
            )
        }
    }

    @Test(arguments: [("", 0, false), ("a", 0, true), ("äöü", 3, false), ("äöü", 2, true), ("🫖", 1, false), ("e\u{301}", 1, true)])
    func countsUnicodeScalars(_ text: String, _ limit: Int, _ isLonger: Bool) {
        #expect(text.isLonger(than: limit) == isLonger)
    }
}
