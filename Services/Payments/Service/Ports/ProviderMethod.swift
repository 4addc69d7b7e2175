/// What the provider says of a card it has taken.
package struct ProviderMethod: Sendable, Hashable, Decodable {
    /// The provider's token, worth nothing without our API key.
    package let id: String
    package let brand: String
    package let last4: String
    package let expMonth: Int
    package let expYear: Int

    private enum CodingKeys: String, CodingKey {
        case id, brand, last4
        case expMonth = "exp_month"
        case expYear = "exp_year"
    }
}
