package import ServiceKit

/// What a caller hears of the provider's troubles.
extension GatewayError: ProblemConvertible {
    package var problem: Problem {
        switch self.code {
        case .refused: Self.problem(of: self.reason)
        default: .unavailable("The payment provider does not answer at the moment.", retryAfter: self.retryAfter ?? .seconds(2))
        }
    }

    /// The provider's code of a wrong card, as the field that is wrong.
    private static func problem(of code: String) -> Problem {
        switch code {
        case "incorrect_number": .invalid("#/card/number", "is not the number of a card")
        case "invalid_expiry_month": .invalid("#/card/exp_month", "must be 1 to 12")
        case "invalid_expiry_year": .invalid("#/card/exp_year", "must be a year of four digits")
        case "expired_card": .invalid("#/card/exp_year", "the card has expired")
        case "incorrect_cvc": .invalid("#/card/cvc", "must be three or four digits")
        default: .invalid("#/card", "the provider does not accept this card")
        }
    }
}
