import Commerce
import Testing

@Suite struct TypedIDTests {
    @Test func isAVersion7UUIDUnderAPrefix() throws {
        var generator = SystemRandomNumberGenerator()
        let id = OrderID.make(millisecondsSinceEpoch: 0x0123_4567_89AB, using: &generator)
        let digits = Array(id.rawValue.dropFirst(4))
        #expect(id.rawValue.hasPrefix("ord_0123456789ab7"))
        #expect(digits.count == 32)
        #expect("89ab".contains(digits[16]))
        #expect(try OrderID(id.rawValue) == id)
    }

    @Test func sortsByTime() {
        var generator = SystemRandomNumberGenerator()
        let ids = (1...50).map { OrderID.make(millisecondsSinceEpoch: UInt64($0 * 1000), using: &generator) }
        #expect(ids == ids.sorted())
        #expect(Set(ids).count == 50)
    }

    @Test func derivesTheSameIdentifierEveryTime() {
        var generator = SystemRandomNumberGenerator()
        let order = OrderID.make(millisecondsSinceEpoch: 1, using: &generator)
        #expect(PaymentID.derived(from: order) == PaymentID.derived(from: order))
        #expect(PaymentID.derived(from: order).rawValue == "pay_" + order.rawValue.dropFirst(4))
    }

    @Test(arguments: ["", "ord", "ord_", "acc_1", "ord_A", "ord_a b", "ORD_a", "ord_../x", "ord_" + String(repeating: "a", count: 65)])
    func refusesWhatIsNoOrder(_ text: String) {
        #expect { try OrderID(text) } throws: { ($0 as? CommerceError)?.code == .invalidID }
    }
}
