internal import CatalogDomain
internal import Commerce

/// What the staff sends about a product. It is read by shape here, and checked by the domain's rules in ``details()``.
struct DetailsBody: Decodable {
    let name: String
    let description: String?
    let price: Money
    let imageURL: String?

    enum CodingKeys: String, CodingKey {
        case name, description, price
        case imageURL = "image_url"
    }

    func details() throws(CatalogViolations) -> ProductDetails {
        try ProductDetails(
            name: self.name, description: self.description ?? "", price: self.price, imageURL: self.imageURL
        )
    }
}
