/// A card on its way to payments. Never kept, and it has no description that could be logged.
struct Card: Encodable, Sendable, CustomStringConvertible, CustomReflectable {
    var number: String
    var expMonth: Int
    var expYear: Int
    var cvc: String

    private enum CodingKeys: String, CodingKey {
        case number, cvc
        case expMonth = "exp_month"
        case expYear = "exp_year"
    }

    var description: String { "Card(redacted)" }
    var customMirror: Mirror { Mirror(self, children: []) }
}
