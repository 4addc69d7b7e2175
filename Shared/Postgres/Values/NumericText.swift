/// The decimal digits of a binary `numeric`: base-10,000 digits with a weight, as the server sends them.
struct NumericText {
    /// The sign and the digits before the point.
    private(set) var whole = ""
    /// The digits after the point, as many as the value's scale says.
    private(set) var fraction = ""

    /// - Returns: `nil` for what is not a number (NaN, infinities, damaged bytes).
    init?(_ bytes: RawSpan) {
        guard bytes.byteCount >= 8 else { return nil }
        let count = Int(bytes.bigEndian(at: 0, as: Int16.self))
        let weight = Int(bytes.bigEndian(at: 2, as: Int16.self))
        let sign = bytes.bigEndian(at: 4, as: UInt16.self)
        let scale = Int(bytes.bigEndian(at: 6, as: UInt16.self))
        guard count >= 0, bytes.byteCount == 8 + 2 * count, sign == 0 || sign == 0x4000 else { return nil }
        var digits: [Int] = []
        for position in 0..<count { digits.append(Int(bytes.bigEndian(at: 8 + 2 * position, as: UInt16.self))) }
        // Digits that are zero at either end are not sent.
        func digit(_ position: Int) -> Int { position >= 0 && position < count ? digits[position] : 0 }
        if weight >= 0 {
            for position in 0...weight {
                self.whole += position == 0 ? String(digit(0)) : Self.padded(digit(position))
            }
        } else {
            self.whole = "0"
        }
        var position = weight + 1
        while self.fraction.utf8.count < scale {
            self.fraction += Self.padded(digit(position))
            position += 1
        }
        self.fraction = String(self.fraction.prefix(scale))
        if sign == 0x4000 { self.whole = "-" + self.whole }
    }

    /// The number as text, such as "-12.50".
    var text: String { self.fraction.isEmpty ? self.whole : self.whole + "." + self.fraction }

    /// The digits of a whole number. Not a number's text when the fraction is not zero.
    var wholeDigits: String { self.fraction.utf8.allSatisfy { $0 == UInt8(ascii: "0") } ? self.whole : self.text }

    private static func padded(_ digit: Int) -> String {
        let text = String(digit)
        return String(repeating: "0", count: 4 - text.utf8.count) + text
    }
}
