/// What the provider keeps of a card. The number and the cvc end with the check.
package struct AcceptedCard: Codable, Sendable, Hashable {
    package let brand: String
    package let last4: String
    package let expMonth: Int
    package let expYear: Int
    package let kind: CardKind

    private enum CodingKeys: String, CodingKey {
        case brand, last4, kind
        case expMonth = "exp_month"
        case expYear = "exp_year"
    }

    /// Checks a card as a provider does: digits and check digit, month, expiry, cvc.
    ///
    /// - Parameter today: The month in which the card must still be valid (it is, to the end of its last month).
    /// - Throws: A refusal that names the wrong field by its code.
    package static func checking(_ card: CardDetails, today: YearMonth) throws(ProviderRefusal) -> AcceptedCard {
        let number = card.number.filter { $0 != " " && $0 != "-" }
        guard (12...19).contains(number.utf8.count), Self.isDigits(number), Self.hasCheckDigit(number) else {
            throw .card("incorrect_number", "The card number is not right.")
        }
        guard (1...12).contains(card.expMonth) else {
            throw .card("invalid_expiry_month", "The expiry month must be 1 to 12.")
        }
        guard (2000...2999).contains(card.expYear) else {
            throw .card("invalid_expiry_year", "The expiry year must have four digits.")
        }
        guard YearMonth(year: card.expYear, month: card.expMonth) >= today else {
            throw .card("expired_card", "The card has expired.")
        }
        guard (3...4).contains(card.cvc.utf8.count), Self.isDigits(card.cvc) else {
            throw .card("incorrect_cvc", "The security code must be three or four digits.")
        }
        return AcceptedCard(
            brand: Self.brand(of: number),
            last4: String(number.suffix(4)),
            expMonth: card.expMonth,
            expYear: card.expYear,
            kind: CardKind(number: number)
        )
    }

    private static func isDigits(_ text: String) -> Bool {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }

    /// The Luhn check of ISO/IEC 7812-1: double every second digit from the right, the sum of digits ends in 0.
    private static func hasCheckDigit(_ number: String) -> Bool {
        var sum = 0
        for (position, byte) in number.utf8.reversed().enumerated() {
            let digit = Int(byte - UInt8(ascii: "0"))
            let weighted = position.isMultiple(of: 2) ? digit : digit * 2
            sum += weighted > 9 ? weighted - 9 : weighted
        }
        return sum.isMultiple(of: 10)
    }

    private static func brand(of number: String) -> String {
        let two = Int(number.prefix(2)) ?? 0
        if number.hasPrefix("4") { return "visa" }
        if (51...55).contains(two) || (22...27).contains(two) { return "mastercard" }
        if two == 34 || two == 37 { return "amex" }
        return "unknown"
    }
}
