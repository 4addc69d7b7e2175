internal import Commerce

/// What the staff sends about a new product beside its details.
struct OpeningBody: Decodable {
    let sku: SKU
    let stock: Int64?
}
