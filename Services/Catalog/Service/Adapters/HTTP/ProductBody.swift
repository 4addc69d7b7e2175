internal import Commerce

/// A product in the API.
struct ProductBody: Encodable, Hashable, Sendable {
    let sku: String
    let name: String
    let description: String
    let price: Money
    let available: Int64
    let imageURL: String?

    init(_ product: ProductView) {
        self.sku = product.sku.rawValue
        self.name = product.name
        self.description = product.description
        self.price = product.price
        self.available = product.available
        self.imageURL = product.imageURL
    }

    private enum CodingKeys: String, CodingKey {
        case sku, name, description, price, available
        case imageURL = "image_url"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(self.sku, forKey: .sku)
        try container.encode(self.name, forKey: .name)
        try container.encode(self.description, forKey: .description)
        try container.encode(self.price, forKey: .price)
        try container.encode(self.available, forKey: .available)
        // Also when there is none, so that a client need not ask whether the member exists.
        try container.encode(self.imageURL, forKey: .imageURL)
    }
}
