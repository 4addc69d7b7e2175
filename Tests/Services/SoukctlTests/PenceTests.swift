import SoukctlCommands
import Testing

@Suite struct PenceTests {
    @Test(arguments: [("2.55", 255), ("18", 1800), ("27.5", 2750), ("0", 0), ("0.1", 10), ("-4.65", -465), ("1.50000", 150)])
    func decimalsAreExact(text: String, pence: Int64) throws {
        #expect(try Pence.parse(text) == pence)
    }

    @Test(arguments: ["", ".", ".5", "1.2.3", "1,50", "six", "1e3", "+1", "99999999999999999999", "1000001"])
    func otherTextsAreRefused(text: String) {
        #expect(throws: PenceFault.self) { try Pence.parse(text) }
    }

    @Test func fractionsOfAPennyAreRefused() {
        #expect(throws: PenceFault(reason: "'0.001' has a fraction of a penny")) { try Pence.parse("0.001") }
    }

    @Test(arguments: [(2_470_288, "24,702.88"), (-19_913, "-199.13"), (5, "0.05"), (100_000_000, "1,000,000.00"), (0, "0.00")])
    func amountsAreWrittenForPeople(pence: Int64, text: String) {
        #expect(Pence.text(pence) == text)
    }
}
