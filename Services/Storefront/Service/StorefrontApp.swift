public import ServiceKit

/// Puts the storefront together: the clients of the services, the sessions, the pages.
public struct StorefrontApp: ServiceApp {
    public static let name = "storefront"

    public static let settings: [any SettingDescription] = StorefrontSettings.all

    public init(host: ServiceHost) async throws {
        let transport = HTTPTransport(
            origins: try Self.origins(host.settings), proxyKey: try host.settings.value(StorefrontSettings.proxyKey),
            agent: "souk-storefront/\(host.instance)"
        )
        host.add(transport)
        try self.init(host: host, transport: transport)
    }

    /// With services of the caller's, for tests.
    init(host: ServiceHost, transport: any APITransport) throws {
        // Visitors show a session cookie; access tokens are what the storefront shows to the services.
        host.tokenVerifier = nil
        let settings = host.settings
        let publicURL = try Self.publicURL(settings)
        let isSecure = publicURL.hasPrefix("https://")
        let sealer = try SessionSealer(secrets: try settings.value(StorefrontSettings.sessionKeys))
        let timeout = try settings.value(StorefrontSettings.callTimeout)
        let shop = Shop(
            api: ShopAPI(transport: transport, timeout: timeout, logger: host.logger),
            renderer: PageRenderer(
                templates: try Templates(), headers: SecurityHeaders(isSecure: isSecure), instance: host.instance),
            sealer: sealer,
            cookie: SessionCookie(isSecure: isSecure),
            tokens: FormToken(keys: sealer.allDerived("form token")),
            origins: OriginCheck(publicURL: publicURL),
            logger: host.logger
        )
        host.problemPage = { problem, request in shop.page(for: problem, request) }
        Assets().addRoutes(to: host.router)
        BrowsePages(shop: shop).addRoutes(to: host.router)
        CartPages(shop: shop).addRoutes(to: host.router)
        AccountPages(shop: shop).addRoutes(to: host.router)
        CheckoutPages(shop: shop).addRoutes(to: host.router)
        let gate = StreamGate(limit: try settings.value(StorefrontSettings.maximumStreams))
        OrderPages(shop: shop, gate: gate).addRoutes(to: host.router)
        ProblemReference(shop: shop).addRoutes(to: host.router)
        StaffPages(shop: shop).addRoutes(to: host.router)
        StaffProductPages(shop: shop).addRoutes(to: host.router)
    }

    private static func origins(_ settings: Settings) throws -> [APIService: String] {
        let common = try settings.value(StorefrontSettings.apiURL)
        let own: [APIService: Setting<String>] = [
            .login: StorefrontSettings.loginURL, .catalog: StorefrontSettings.catalogURL, .cart: StorefrontSettings.cartURL,
            .payments: StorefrontSettings.paymentsURL, .orders: StorefrontSettings.ordersURL,
        ]
        return try own.mapValues { setting in
            let url = try settings.optional(setting) ?? common
            guard url.hasPrefix("http://") || url.hasPrefix("https://") else {
                throw ConfigurationError("\(setting.name) or SHOP_API_URL cannot be used. It must be a URL such as http://haproxy:8080.")
            }
            return url.hasSuffix("/") ? String(url.dropLast()) : url
        }
    }

    private static func publicURL(_ settings: Settings) throws -> String {
        let url = try settings.value(StorefrontSettings.publicURL)
        guard url.isEmpty || url.hasPrefix("http://") || url.hasPrefix("https://") else {
            throw ConfigurationError("PUBLIC_URL cannot be used. It must be \(StorefrontSettings.publicURL.expectation).")
        }
        return url.hasSuffix("/") ? String(url.dropLast()) : url
    }
}
