import Testing

@testable import RPC

@Suite struct EndpointSourceTests {
    @Test func aListIsRead() throws {
        let source = try EndpointSource(parsing: "127.0.0.1:9001, [::1]:9002,cart:80")
        let endpoints = [
            Endpoint(host: "127.0.0.1", port: 9001), Endpoint(host: "::1", port: 9002), Endpoint(host: "cart", port: 80),
        ]
        #expect(source == .list(endpoints))
        #expect(endpoints.map(\.description) == ["127.0.0.1:9001", "[::1]:9002", "cart:80"])
    }

    @Test func aFileIsRead() throws {
        #expect(try EndpointSource(parsing: "file:/run/souk/cart") == .file("/run/souk/cart"))
        let text = "# carts\n127.0.0.1:1 # first\n\n  127.0.0.1:2\n127.0.0.1:1\n"
        let endpoints = try EndpointSource.parse(file: text)
        #expect(endpoints.map(\.port) == [1, 2])
    }

    @Test(arguments: ["", ",", "dns:", "dns:cart", "cart", "cart:", ":80", "cart:0", "cart:65536", "a:b:1", "ca rt:80", "cart:x"])
    func otherTextIsRefusedWithASentence(text: String) {
        let error = #expect(throws: EndpointSourceError.self) { try EndpointSource(parsing: text) }
        #expect(error?.message.isEmpty == false)
    }
}
