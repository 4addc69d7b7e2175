/// The services that the storefront calls.
enum APIService: String, CaseIterable, Sendable {
    case login
    case catalog
    case cart
    case payments
    case orders
}
