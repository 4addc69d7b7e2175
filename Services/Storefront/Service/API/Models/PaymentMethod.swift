/// A card that was used before, as payments shows it.
struct PaymentMethod: Decodable, Sendable, Hashable {
    var id: String
    var brand: String
    var last4: String
    var expMonth: Int
    var expYear: Int

    private enum CodingKeys: String, CodingKey {
        case id, brand, last4
        case expMonth = "exp_month"
        case expYear = "exp_year"
    }
}
