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

    /// Reads `34.95`, `34` or `£34.95` as pounds; nil for anything else.
    static func amount(_ text: String) -> Int64? {
        var digits = text.drop { $0 == "£" || $0 == " " }
        while digits.last == " " { digits.removeLast() }
        let parts = digits.replacing(",", with: "").split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let whole = parts.first, (1...12).contains(whole.utf8.count),
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }), let pounds = Int64(whole)
        else { return nil }
        guard parts.count == 2 else { return pounds * 100 }
        guard (1...2).contains(parts[1].utf8.count), let pence = Int64(parts[1]) else { return nil }
        return pounds * 100 + (parts[1].utf8.count == 1 ? pence * 10 : pence)
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
