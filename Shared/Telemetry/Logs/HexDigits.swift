/// Hexadecimal text, lower case, as trace ids and JSON escapes want it.
enum HexDigits {
    static let lower = Array("0123456789abcdef".utf8)

    /// The 16 digits of a number.
    static func text(_ value: UInt64) -> String {
        String(decoding: (0..<16).map { Self.lower[Int((value >> UInt64(60 - 4 * $0)) & 0xf)] }, as: UTF8.self)
    }

    /// The number that lower-case digits spell, or nil: upper case is not accepted, as W3C Trace Context demands.
    static func value(_ digits: some Collection<UInt8>) -> UInt64? {
        guard (1...16).contains(digits.count) else { return nil }
        var value: UInt64 = 0
        for digit in digits {
            switch digit {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt64(digit - UInt8(ascii: "0"))
            case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt64(digit - UInt8(ascii: "a") + 10)
            default: return nil
            }
        }
        return value
    }
}
