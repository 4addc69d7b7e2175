import Commerce

/// How amounts are written for people.
enum MoneyText {
    /// `£1,234.50`; other currencies with their code in front.
    static func text(_ money: Money) -> String {
        let digits = self.decimals(money.currency)
        let unit = (0..<digits).reduce(UInt64(1)) { value, _ in value * 10 }
        let magnitude = money.amount.magnitude
        var text = self.grouped(magnitude / unit)
        if digits > 0 { text += "." + String(unit + magnitude % unit).dropFirst() }
        return (money.amount < 0 ? "−" : "") + self.symbol(money.currency) + text
    }

    /// `34.95`: what stands in a form's field.
    static func input(_ money: Money) -> String {
        let magnitude = money.amount.magnitude
        return (money.amount < 0 ? "-" : "") + "\(magnitude / 100)." + String(100 + magnitude % 100).dropFirst()
    }

    /// Reads `34.95`, `34`, `£34.95` or `1,234.50` as pounds; nil for anything else.
    static func amount(_ text: String) -> Int64? {
        var digits = text.drop { $0 == "£" || $0 == " " }
        while digits.last == " " { digits.removeLast() }
        let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = self.ungrouped(parts[0]), let pounds = self.number(whole, digits: 1...12)
        else { return nil }
        guard parts.count == 2 else { return pounds * 100 }
        guard let pence = self.number(parts[1], digits: 1...2) else { return nil }
        return pounds * 100 + (parts[1].utf8.count == 1 ? pence * 10 : pence)
    }

    /// Without its commas, which stand before groups of three digits only: who writes `12,50` does not mean 1250.
    private static func ungrouped(_ text: Substring) -> String? {
        let groups = text.split(separator: ",", omittingEmptySubsequences: false)
        guard groups.count > 1 else { return String(text) }
        guard (1...3).contains(groups[0].utf8.count), groups.dropFirst().allSatisfy({ $0.utf8.count == 3 }) else { return nil }
        return groups.joined(separator: "")
    }

    private static func number(_ text: some StringProtocol, digits: ClosedRange<Int>) -> Int64? {
        guard digits.contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int64(text)
    }

    private static func symbol(_ currency: Currency) -> String {
        switch currency.code {
        case "GBP": "£"
        case "EUR": "€"
        case "USD": "$"
        default: currency.code + "\u{a0}"
        }
    }

    private static func decimals(_ currency: Currency) -> Int {
        switch currency.code {
        case "JPY", "KRW", "VND", "CLP", "ISK": 0
        case "KWD", "BHD", "OMR", "JOD", "TND": 3
        default: 2
        }
    }

    private static func grouped(_ number: UInt64) -> String {
        var text = ""
        for (place, digit) in String(number).reversed().enumerated() {
            if place > 0, place % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return String(text.reversed())
    }
}
