import Commerce

/// A product that the staff adds.
struct NewProduct: Encodable, Sendable {
    var sku: String
    var name: String
    var description: String
    var price: Money
    var stock: Int64
}
