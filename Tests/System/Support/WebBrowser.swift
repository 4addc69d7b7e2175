import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import Testing

/// A browser without scripts in front of the running shop: it keeps cookies, follows redirects, and sends the forms that
/// are on its page. As people do, it asks again for a page that cannot be shown right now, and sends a form again that
/// carries a key.
final class WebBrowser {
    private let client: HTTPClient
    private let origin: String
    var cookies: [String: String] = [:]
    private(set) var page = ""
    private(set) var status = 0
    private(set) var path = ""
    private(set) var headers: [String: String] = [:]

    init() throws {
        self.origin = try TestShop.load().url
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        self.client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Opens a browser, and closes it at the end.
    static func with(_ body: (WebBrowser) async throws -> Void) async throws {
        let browser = try WebBrowser()
        do {
            try await body(browser)
        } catch {
            try? await browser.client.shutdown()
            throw error
        }
        try await browser.client.shutdown()
    }

    @discardableResult
    func get(_ path: String) async throws -> WebBrowser { try await self.send(.GET, path, nil) }

    /// Sends the page's form that goes to `path`, with its hidden fields.
    @discardableResult
    func submit(_ path: String, _ fields: [String: String] = [:], headers: [String: String] = [:]) async throws -> WebBrowser {
        try await self.post(path, self.hidden(of: path).merging(fields) { $1 }, headers: headers)
    }

    @discardableResult
    func post(_ path: String, _ fields: [String: String], headers: [String: String] = [:]) async throws -> WebBrowser {
        try await self.send(.POST, path, Self.encode(fields), headers: headers, isRepeatable: fields["key"] != nil)
    }

    /// Sends the same form twice at the same moment, as a double click without scripts does.
    ///
    /// - Returns: Where each of them led.
    func postTwice(_ path: String, _ fields: [String: String]) async throws -> [String] {
        let message = self.message(.POST, path, Self.encode(fields))
        let client = self.client
        let end = ContinuousClock.now + WebBrowser.patience
        return try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    while true {
                        let response = try await client.execute(message, timeout: .seconds(120))
                        _ = try await response.body.collect(upTo: 1 << 20)
                        if let place = response.headers.first(name: "location") { return place }
                        guard WebBrowser.isPassing(Int(response.status.code)), .now < end else { return "\(response.status.code)" }
                        try await Task.sleep(for: .milliseconds(500))
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    private static let patience = Duration.seconds(60)

    /// Whether a page may be there in a moment.
    private static func isPassing(_ status: Int) -> Bool { [503, 504].contains(status) }

    private func send(
        _ method: HTTPMethod,
        _ path: String,
        _ body: String?,
        headers: [String: String] = [:],
        isRepeatable: Bool = true
    ) async throws -> WebBrowser {
        let end = ContinuousClock.now + Self.patience
        try await self.sendOnce(method, path, body, headers)
        while isRepeatable, Self.isPassing(self.status), .now < end {
            try await Task.sleep(for: .milliseconds(500))
            try await self.sendOnce(method, path, body, headers)
        }
        if self.status == 303, let next = self.headers["location"] { return try await self.get(next) }
        return self
    }

    private func sendOnce(_ method: HTTPMethod, _ path: String, _ body: String?, _ headers: [String: String]) async throws {
        var message = self.message(method, path, body)
        for (name, value) in headers { message.headers.replaceOrAdd(name: name, value: value) }
        let response = try await self.client.execute(message, timeout: .seconds(120))
        self.page = String(buffer: try await response.body.collect(upTo: 4 << 20))
        self.status = Int(response.status.code)
        self.path = path
        self.headers = [:]
        for (name, value) in response.headers { self.headers[name.lowercased()] = value }
        for cookie in response.headers["set-cookie"] {
            let pair = cookie.split(separator: ";")[0].split(separator: "=", maxSplits: 1)
            self.cookies[String(pair[0])] = String(pair[1])
        }
        #expect(self.status != 500, "\(method) \(path)")
    }

    private func message(_ method: HTTPMethod, _ path: String, _ body: String?) -> HTTPClientRequest {
        var message = HTTPClientRequest(url: self.origin + path)
        message.method = method
        message.headers.add(name: "Accept", value: "text/html")
        message.headers.add(name: "Cookie", value: self.cookies.map { "\($0)=\($1)" }.joined(separator: "; "))
        if let body {
            message.headers.add(name: "Content-Type", value: "application/x-www-form-urlencoded")
            message.headers.add(name: "Origin", value: self.origin)
            message.body = .bytes(ByteBuffer(string: body))
        }
        return message
    }

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

    func expect(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(self.page.contains(text), "\(self.path) (\(self.status)) lacks \(text)", sourceLocation: sourceLocation)
    }

    private static func encode(_ fields: [String: String]) -> String {
        let allowed = CharacterSet.alphanumerics.intersection(CharacterSet(charactersIn: "\u{20}"..."\u{7e}"))
        func text(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: allowed) ?? "" }
        return fields.sorted { $0.key < $1.key }.map { "\(text($0.key))=\(text($0.value))" }.joined(separator: "&")
    }
}
