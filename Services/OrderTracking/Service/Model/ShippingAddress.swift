/// Where an order goes.
struct ShippingAddress: Hashable, Sendable, Codable {
    var name: String
    var line1: String
    var line2: String?
    var city: String
    var postcode: String
    /// ISO 3166-1 alpha-2.
    var country: String
}
