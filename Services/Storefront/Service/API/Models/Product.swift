import Commerce

/// A product, as catalog shows it.
struct Product: Decodable, Sendable, Hashable {
    var sku: String
    var name: String
    var description: String
    var price: Money
    var available: Int64
    var imageURL: String?

    private enum CodingKeys: String, CodingKey {
        case sku, name, description, price, available
        case imageURL = "image_url"
    }
}
