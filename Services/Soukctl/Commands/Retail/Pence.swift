/// Reading and writing of amounts in minor units, without floating point.
package enum Pence {
    /// The largest price a line may have, a million pounds: a bound against typing errors and overflow.
    package static let largestPrice: Int64 = 100_000_000

    /// Reads a decimal number such as `2.55`, `18` or `-27.5`.
    ///
    /// - Throws: ``PenceFault`` with the reason when it is no number or has a fraction of a penny.
    package static func parse(_ text: String) throws(PenceFault) -> Int64 {
        var digits = text[...]
        let isNegative = digits.hasPrefix("-")
        if isNegative { digits = digits.dropFirst() }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }) else {
            throw PenceFault(reason: "'\(text)' is no number")
        }
        guard let whole = Int64(parts[0]), whole <= Self.largestPrice / 100 else {
            throw PenceFault(reason: "'\(text)' is no number between 0 and \(Self.largestPrice / 100)")
        }
        let fraction = parts.count == 2 ? Array(parts[1].utf8).map { Int64($0) - 48 } : []
        guard fraction.dropFirst(2).allSatisfy({ $0 == 0 }) else {
            throw PenceFault(reason: "'\(text)' has a fraction of a penny")
        }
        let pence = whole * 100 + (fraction.first ?? 0) * 10 + (fraction.count > 1 ? fraction[1] : 0)
        return isNegative ? -pence : pence
    }

    /// Writes an amount for people: `2470288` as `24,702.88`.
    package static func text(_ amount: Int64) -> String {
        let magnitude = amount.magnitude
        var groups: [String] = []
        var pounds = magnitude / 100
        while pounds >= 1_000 {
            groups.insert(Self.padded(pounds % 1_000, to: 3), at: 0)
            pounds /= 1_000
        }
        groups.insert(String(pounds), at: 0)
        return (amount < 0 ? "-" : "") + groups.joined(separator: ",") + "." + Self.padded(magnitude % 100, to: 2)
    }

    private static func padded(_ number: UInt64, to width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
