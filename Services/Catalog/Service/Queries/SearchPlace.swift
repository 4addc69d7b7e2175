/// Where a product stands among the results of a search: by rank, then by code.
struct SearchPlace: Hashable, Sendable {
    let rank: Double
    let sku: String
}
