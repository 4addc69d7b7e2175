import Crypto
import FoundationEssentials
import HTTPTypes
import Hummingbird
import NIOCore
import ServiceKit

/// Styles, scripts and icons. Their addresses carry a hash of their content, so browsers keep them for good.
struct Assets: Sendable {
    private struct File: Sendable {
        var name: String
        var type: String
        var body: ByteBuffer
        var hash: String

        init(_ name: String, _ type: String, _ bytes: [UInt8]) {
            self.name = name
            self.type = type
            self.body = ByteBuffer(bytes: bytes)
            self.hash = SHA256.hash(data: Data(bytes)).prefix(6).map { String(UInt16($0) + 0x100, radix: 16).dropFirst() }.joined()
        }
    }

    private static let files: [File] = [
        File("site.css", "text/css; charset=utf-8", PackageResources.site_css),
        File("pages.css", "text/css; charset=utf-8", PackageResources.pages_css),
        File("site.js", "text/javascript; charset=utf-8", PackageResources.site_js),
        File("icon.svg", "image/svg+xml", PackageResources.icon_svg),
    ]

    /// The addresses of all files, by their names with an underscore for the dot: what the layout needs.
    static let addresses: View = {
        var view: View = [:]
        for file in Self.files { view[file.name.replacing(".", with: "_")] = "/assets/\(file.hash)/\(file.name)" }
        return view
    }()

    func addRoutes(to router: Router<ShopRequestContext>) {
        for file in Self.files {
            router.get(RouterPath("/assets/{hash}/\(file.name)")) { _, context in
                // An older page asks for an older file: it gets today's, and asks again next time.
                let isCurrent = try context.pathParameter("hash") == file.hash
                let caching = isCurrent ? "public, max-age=31536000, immutable" : "no-cache"
                return Self.response(file.body, file.type, caching)
            }
        }
        router.get("/robots.txt") { _, _ in
            Self.response(ByteBuffer(bytes: PackageResources.robots_txt), "text/plain; charset=utf-8", "public, max-age=3600")
        }
        router.get("/favicon.ico") { _, _ in
            Self.response(ByteBuffer(bytes: PackageResources.icon_svg), "image/svg+xml", "public, max-age=86400")
        }
    }

    private static func response(_ body: ByteBuffer, _ type: String, _ caching: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: type, .cacheControl: caching, .contentSecurityPolicy: "default-src 'none'; style-src 'unsafe-inline'"],
            body: ResponseBody(byteBuffer: body)
        )
    }
}
