import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import ServiceKit
import Testing

@testable import StorefrontService

/// A browser without scripts: it keeps cookies, follows redirects and sends forms as they stand on the page.
final class Browser {
    static let address: [String: String] = [
        "name": "Ann Shopper", "line1": "1 Bazaar Lane", "city": "York", "postcode": "YO1 7HH", "country": "GB",
    ]
    static let card: [String: String] = ["method": "new", "number": "4242 4242 4242 4242", "expiry": "12/40", "cvc": "123"]

    static let lastEventID = HTTPField.Name("Last-Event-ID")!

    let client: any TestClientProtocol
    var cookies: [String: String] = [:]
    var page = ""
    var status = 0
    var headers: HTTPFields = [:]
    var location = ""

    init(_ client: any TestClientProtocol) {
        self.client = client
    }

    /// Opens a shop on services of the test's own.
    static func with(
        _ settings: [String: String] = [:], _ body: @escaping @Sendable (Browser, FakeServices) async throws -> Void
    ) async throws {
        let services = FakeServices()
        // Services that are down say so at once: only a machine that is slow comes near these times.
        var values = [
            "SESSION_KEYS": "0123456789abcdef0123456789abcdef", "INSTANCE": "storefront-7", "API_TIMEOUT_SECONDS": "60",
            "REQUEST_TIMEOUT_SECONDS": "120",
        ]
        values.merge(settings) { $1 }
        let host = try ServiceHost(name: "storefront", values: values)
        let app = try StorefrontApp(host: host, transport: services)
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        try await Application(responder: try host.edge(), logger: logger).test(.router) { client in
            try await body(Browser(client), services)
        }
        withExtendedLifetime(app) {}
    }

    @discardableResult
    func get(_ path: String, headers: HTTPFields = [:]) async throws -> Browser {
        try await self.send(.get, path, headers, nil)
    }

    /// Sends a form of the current page, with its hidden fields, to a path.
    @discardableResult
    func submit(_ path: String, _ fields: [String: String] = [:], headers: HTTPFields = [:]) async throws -> Browser {
        var all = self.hidden(of: path)
        all.merge(fields) { $1 }
        return try await self.post(path, all, headers: headers)
    }

    @discardableResult
    func post(_ path: String, _ fields: [String: String], headers: HTTPFields = [:]) async throws -> Browser {
        let body = fields.sorted { $0.key < $1.key }.map { "\(Form.encode($0.key))=\(Form.encode($0.value))" }.joined(separator: "&")
        var headers = headers
        headers[.contentType] = "application/x-www-form-urlencoded"
        return try await self.send(.post, path, headers, ByteBuffer(string: body))
    }

    func send(_ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields, _ body: ByteBuffer?) async throws -> Browser {
        let response = try await self.raw(method, path, headers, body)
        if response.status == .seeOther, let next = response.headers[.location] { return try await self.get(next) }
        self.location = path
        return self
    }

    /// One request, no redirect followed.
    @discardableResult
    func raw(_ method: HTTPRequest.Method, _ path: String, _ headers: HTTPFields = [:], _ body: ByteBuffer? = nil) async throws
        -> TestResponse
    {
        var headers = headers
        if headers[.accept] == nil { headers[.accept] = "text/html" }
        if !self.cookies.isEmpty { headers[.cookie] = self.cookies.map { "\($0)=\($1)" }.joined(separator: "; ") }
        let response = try await self.client.execute(uri: path, method: method, headers: headers, body: body)
        for cookie in response.headers[values: .setCookie] {
            let pair = cookie.split(separator: ";")[0].split(separator: "=", maxSplits: 1)
            self.cookies[String(pair[0])] = String(pair[1])
        }
        self.status = response.status.code
        self.headers = response.headers
        self.page = String(buffer: response.body)
        return response
    }

    /// The hidden fields of the page's form that goes to a path.
    func hidden(of path: String) -> [String: String] {
        var fields: [String: String] = [:]
        guard let start = self.page.range(of: "action=\"\(path)\"") else { return fields }
        let form = self.page[start.upperBound...]
        let end = form.range(of: "</form>")?.lowerBound ?? form.endIndex
        for match in form[..<end].matches(of: /<input type="hidden" name="([^"]+)" value="([^"]*)"/) {
            fields[String(match.1)] = String(match.2).replacing("&amp;", with: "&")
        }
        return fields
    }

    func logIn(_ email: String = "ann@test.example", _ password: String = "correct horse") async throws {
        try await self.get("/register")
        try await self.submit("/register", ["name": "Ann Shopper", "email": email, "password": password])
        #expect(self.status == 200, "\(self.page)")
    }

    func logInAsStaff() async throws {
        try await self.get("/login?next=%2Fstaff")
        try await self.submit("/login", ["email": "staff@souk.example", "password": "staff password"])
        #expect(self.location == "/staff")
    }

    func expect(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(self.page.contains(text), "the page lacks \(text)", sourceLocation: sourceLocation)
    }
}
