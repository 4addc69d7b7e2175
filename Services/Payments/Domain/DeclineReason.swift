/// Why a payment was declined, in the shop's own words.
public enum DeclineReason {
    /// The method is not there, or is another account's: the two are not told apart.
    public static let unknownPaymentMethod = "unknown_payment_method"
    /// The order was given up before its authorization arrived.
    public static let voided = "voided"
    /// An amount of nothing or less.
    public static let invalidAmount = "invalid_amount"
    /// The provider refused the request itself.
    public static let providerRefused = "provider_refused"

    /// The shop's word for a provider's decline code. What we do not know is a declined card.
    public static func mapping(_ code: String) -> String {
        switch code {
        case "insufficient_funds": "insufficient_funds"
        case "expired_card": "expired_card"
        case "resource_missing": DeclineReason.unknownPaymentMethod
        default: "card_declined"
        }
    }
}
