package import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// Requests over HTTP/1.1 to the shop's public address.
package struct HTTPTransport: ShopTransport {
    private let client: HTTPClient
    private let origin: String
    private let timeout: TimeAmount
    private let largestBody: Int

    /// - Parameters:
    ///   - origin: The shop's address, without a path.
    ///   - timeout: The bound for one request, from sending to the last byte.
    ///   - largestBody: Bytes of an answer that are read at most.
    package init(
        origin: String,
        timeout: Duration = .seconds(20),
        largestBody: Int = 8 << 20,
        client: HTTPClient = .shared
    ) {
        self.origin = origin.hasSuffix("/") ? String(origin.dropLast()) : origin
        self.timeout = TimeAmount(timeout)
        self.largestBody = largestBody
        self.client = client
    }

    package func send(_ request: ShopRequest) async throws -> ShopAnswer {
        var message = HTTPClientRequest(url: self.origin + request.path)
        message.method = .init(rawValue: request.method)
        for (name, value) in request.headers { message.headers.replaceOrAdd(name: name, value: value) }
        if let body = request.body { message.body = .bytes(body) }
        let response = try await self.client.execute(message, timeout: self.timeout)
        let body = try await response.body.collect(upTo: self.largestBody)
        var headers: [String: String] = [:]
        for (name, value) in response.headers { headers[name.lowercased()] = value }
        return ShopAnswer(status: Int(response.status.code), headers: headers, body: Array(body.readableBytesView))
    }
}
