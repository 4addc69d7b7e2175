/// How the provider treats a card, as written on the back of its test cards.
///
/// The kind is all that is kept of a card's number apart from its last four digits.
package enum CardKind: String, Codable, Sendable, CaseIterable {
    case approved
    case declined
    case insufficientFunds = "insufficient_funds"
    /// The work is done and written down, but the first answer never arrives.
    case answerLost = "answer_lost"
    /// The authorization takes seconds.
    case slow
    /// The provider fails twice before it does anything, then approves.
    case errorTwice = "error_twice"

    /// The kind of a card number of digits only. Numbers that are no test card are approved.
    package init(number: String) {
        switch number {
        case "4000000000000002": self = .declined
        case "4000000000009995": self = .insufficientFunds
        case "4000000000000119": self = .answerLost
        case "4000000000000259": self = .slow
        case "4000000000000341": self = .errorTwice
        default: self = .approved
        }
    }

    /// The reason an authorization is declined for, or nil where it is approved.
    package var declineCode: String? {
        switch self {
        case .declined: "generic_decline"
        case .insufficientFunds: "insufficient_funds"
        case .approved, .answerLost, .slow, .errorTwice: nil
        }
    }
}
