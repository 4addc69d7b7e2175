import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import StorefrontService

@Suite struct SafePathTests {
    @Test(arguments: ["/", "/checkout", "/search?q=tea&cursor=a.b", "/orders/ord_1", "/products/A-1"])
    func placesOfThisShopPass(path: String) {
        #expect(SafePath.checked(path) == path)
    }

    @Test(arguments: [
        "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)", "evil", "", " /x",
        "/x\r\nSet-Cookie: a=b",
        "/\t/evil.example", "/login", "/login?next=/login", "/logout", "/register?x", "/ünicode",
    ])
    func everythingElseIsTheFallback(path: String) {
        #expect(SafePath.checked(path, or: "/cart") == "/cart")
    }

    @Test func nothingIsTheFallback() {
        #expect(SafePath.checked(nil) == "/")
        #expect(SafePath.checked("/" + String(repeating: "a", count: 2_000)) == "/")
    }

    private func request(_ headers: HTTPFields) -> Request {
        Request(
            head: HTTPRequest(method: .post, scheme: "http", authority: "shop.example:8080", path: "/cart", headerFields: headers),
            body: RequestBody(buffer: ByteBuffer()))
    }

    @Test func originsAreCompared() {
        let open = OriginCheck(publicURL: "")
        #expect(open.allows(self.request([:])))
        #expect(open.allows(self.request([.origin: "http://shop.example:8080", .secFetchSite: "same-origin"])))
        #expect(!open.allows(self.request([.origin: "http://evil.example"])))
        #expect(!open.allows(self.request([.origin: "null"])))
        #expect(!open.allows(self.request([.origin: "http://shop.example"])))
        #expect(!open.allows(self.request([.secFetchSite: "cross-site"])))
        #expect(!open.allows(self.request([.origin: "http://shop.example:8080", .secFetchSite: "same-site"])))
        let known = OriginCheck(publicURL: "https://shop.example")
        #expect(known.allows(self.request([.origin: "https://shop.example"])))
        #expect(!known.allows(self.request([.origin: "http://shop.example:8080"])))
    }
}
