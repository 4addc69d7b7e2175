import ServiceKit

/// The settings of the storefront's own.
enum StorefrontSettings {
    static let apiURL = Setting.string(
        "SHOP_API_URL", default: "http://127.0.0.1:8080", expectation: "a URL without a path, such as http://haproxy:8080",
        help: "Where the services' public HTTP APIs are: the balancer.")
    static let loginURL = Self.serviceURL("login")
    static let catalogURL = Self.serviceURL("catalog")
    static let cartURL = Self.serviceURL("cart")
    static let paymentsURL = Self.serviceURL("payments")
    static let ordersURL = Self.serviceURL("orders")
    static let sessionKeys = Setting.string(
        "SESSION_KEYS", default: nil,
        expectation: "texts of 32 characters or more, separated by commas, the same for all instances",
        help: "Seals the session cookies. The first key seals, all of them open: put a new one in front to rotate.", isSecret: true)
    static let publicURL = Setting.string(
        "PUBLIC_URL", default: "", expectation: "a URL without a path, such as https://shop.example, or nothing",
        help: "The shop's address as browsers see it. With https, cookies are Secure and named __Host-, and HSTS is sent.")
    static let proxyKey = Setting.string(
        "PROXY_KEY", default: "", expectation: "a text of 16 characters or more, the same as the balancer's, or nothing",
        help: "Shows the balancer that this is the storefront, so that services see the visitor's address, not its own.", isSecret: true)
    static let callTimeout = Setting.seconds(
        "API_TIMEOUT_SECONDS", default: 4, in: 0.1...60, help: "How long one call of a service may take, with its retries.")
    static let maximumStreams = Setting.int(
        "MAX_LIVE_STREAMS", default: 2_000, in: 0...100_000, unit: "streams",
        help: "Order pages that are kept up to date by a stream at the same time; more of them ask again every few seconds.")

    static let all: [any SettingDescription] = [
        apiURL, loginURL, catalogURL, cartURL, paymentsURL, ordersURL, sessionKeys, publicURL, proxyKey, callTimeout, maximumStreams,
    ]

    private static func serviceURL(_ service: String) -> Setting<String> {
        .string(
            "\(service.uppercased())_URL", default: "", expectation: "a URL without a path, or nothing",
            help: "Where the API of \(service) is, if not at SHOP_API_URL.")
    }
}
