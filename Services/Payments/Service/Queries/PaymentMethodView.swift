/// A payment method as its owner sees it.
package struct PaymentMethodView: Codable, Sendable, Hashable {
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
