/// A card on its way to the provider. Never stored, and it has no description that could be logged.
package struct CardDetails: Sendable, Codable, CustomStringConvertible, CustomReflectable {
    package let number: String
    package let expMonth: Int
    package let expYear: Int
    package let cvc: String

    private enum CodingKeys: String, CodingKey {
        case number, cvc
        case expMonth = "exp_month"
        case expYear = "exp_year"
    }

    package init(number: String, expMonth: Int, expYear: Int, cvc: String) {
        self.number = number
        self.expMonth = expMonth
        self.expYear = expYear
        self.cvc = cvc
    }

    package var description: String { "CardDetails(redacted)" }

    package var customMirror: Mirror { Mirror(self, children: []) }
}
