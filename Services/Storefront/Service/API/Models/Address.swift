/// Where an order goes.
struct Address: Codable, Sendable, Hashable {
    var name = ""
    var line1 = ""
    var line2: String?
    var city = ""
    var postcode = ""
    /// ISO 3166-1 alpha-2.
    var country = "GB"
}
