import HTTPTypes
import Hummingbird
import NIOCore
public import ServiceKit

/// Puts the storefront together: the clients of the services, the sessions, the pages.
public struct StorefrontApp: ServiceApp {
    public static let name = "storefront"

    public static let settings: [any SettingDescription] = StorefrontSettings.all

    public init(host: ServiceHost) async throws {
        // Visitors show a session cookie; access tokens are what the storefront shows to the services.
        host.tokenVerifier = nil
        host.router.get("/robots.txt") { _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "public, max-age=3600"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: PackageResources.robots_txt))
            )
        }
    }
}
