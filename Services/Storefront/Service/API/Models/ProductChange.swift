import Commerce

/// What the staff changes about a product.
struct ProductChange: Encodable, Sendable {
    var name: String
    var description: String
    var price: Money
    var image_url: String?
}
