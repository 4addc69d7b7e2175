/// What can be said of a card without asking its bank.
enum CardRules {
    /// 12 to 19 digits with a right check digit (Luhn).
    static func isNumber(_ text: String) -> Bool {
        let digits = text.utf8.map { Int($0) - 0x30 }
        guard (12...19).contains(digits.count), digits.allSatisfy({ (0...9).contains($0) }) else { return false }
        var sum = 0
        for (place, digit) in digits.reversed().enumerated() {
            let value = place % 2 == 1 ? digit * 2 : digit
            sum += value > 9 ? value - 9 : value
        }
        return sum % 10 == 0
    }

    /// Reads `12/40`, `12 / 2040`, `1240`; nil for what is no month and year.
    static func expiry(_ text: String) -> (month: Int, year: Int)? {
        let digits = text.filter { $0 != " " }
        let parts = digits.split(whereSeparator: { $0 == "/" || $0 == "-" }).map(String.init)
        let (first, second): (String, String)
        if parts.count == 2 {
            (first, second) = (parts[0], parts[1])
        } else if parts.count == 1, digits.utf8.count == 4 || digits.utf8.count == 6 {
            (first, second) = (String(digits.prefix(2)), String(digits.dropFirst(2)))
        } else {
            return nil
        }
        guard let month = Int(first), (1...12).contains(month), let year = Int(second), second.utf8.count == 2 || second.utf8.count == 4
        else { return nil }
        return (month, second.utf8.count == 2 ? 2_000 + year : year)
    }
}
