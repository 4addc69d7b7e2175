public import Commerce

/// What the staff writes about a product. A value of this type is valid.
public struct ProductDetails: Hashable, Sendable {
    /// 1 to 200 characters, not only spaces.
    public let name: String
    /// Up to 5,000 characters.
    public let description: String
    /// For one piece, in the shop's currency: 0 to ``maximumPrice``.
    public let price: Money
    /// Where a picture is: an `https` URL or a path of this site.
    public let imageURL: String?

    /// The currency in which the shop sells.
    public static let currency = Currency.gbp
    /// A million pounds: above it, a slip of the keyboard is likelier than a price.
    public static let maximumPrice: Int64 = 100_000_000
    /// Characters of a name: Unicode scalars, as JSON Schema and PostgreSQL count.
    public static let maximumName = 200
    /// Characters of a description, counted in the same way.
    public static let maximumDescription = 5_000
    /// Bytes of a picture's URL.
    public static let maximumImageURL = 1_000

    /// Checks what came from outside.
    ///
    /// - Throws: ``CatalogViolations`` with all fields that are wrong.
    public init(name: String, description: String, price: Money, imageURL: String?) throws(CatalogViolations) {
        var violations: [CatalogViolation] = []
        if name.isLonger(than: Self.maximumName) || name.allSatisfy(\.isWhitespace) || name.hasControlCharacters {
            violations.append(CatalogViolation("name", "must have 1 to 200 characters and no control characters"))
        }
        if description.isLonger(than: Self.maximumDescription) || description.utf8.contains(0) {
            violations.append(CatalogViolation("description", "must have at most 5000 characters"))
        }
        if price.currency != Self.currency {
            violations.append(CatalogViolation("price.currency", "must be \(Self.currency): the shop sells in it only"))
        }
        if !(0...Self.maximumPrice).contains(price.amount) {
            violations.append(CatalogViolation("price.amount", "must be 0 to \(Self.maximumPrice) minor units"))
        }
        if let imageURL, !Self.isImageURL(imageURL) {
            violations.append(CatalogViolation("image_url", "must be an https URL or a path that begins with /"))
        }
        guard violations.isEmpty else { throw CatalogViolations(violations) }
        self.name = name
        self.description = description
        self.price = price
        self.imageURL = imageURL
    }

    private static func isImageURL(_ text: String) -> Bool {
        let isLocal = text.hasPrefix("/") && !text.hasPrefix("//")
        let isPrintable = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x3C && $0 != 0x3E }
        return (isLocal || text.hasPrefix("https://")) && isPrintable && text.utf8.count <= Self.maximumImageURL
    }
}
