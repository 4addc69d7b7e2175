import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Calls the HTTP API as a client does.
struct APIClient: Sendable {
    struct Answer: Sendable {
        let status: Int
        let headers: HTTPHeaders
        let body: [UInt8]

        var text: String { String(decoding: self.body, as: UTF8.self) }

        /// A member of the body that is a string.
        subscript(name: String) -> String? {
            let object = try? JSONSerialization.jsonObject(with: Data(self.body)) as? [String: Any]
            return object?[name] as? String
        }
    }

    let url: String
    let issuer: TokenIssuer

    func get(_ path: String, as account: String?, scope: String = "shopper") async throws -> Answer {
        try await self.send(.GET, path, nil, account, scope, nil)
    }

    func post(_ path: String, _ body: String, as account: String?, key: String? = nil) async throws -> Answer {
        try await self.send(.POST, path, body, account, "shopper", key)
    }

    private func send(
        _ method: HTTPMethod, _ path: String, _ body: String?, _ account: String?, _ scope: String, _ key: String?
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: self.url + path)
        request.method = method
        if let account {
            request.headers.add(name: "Authorization", value: "Bearer \(try self.issuer.token(account: account, scope: scope))")
        }
        if let key { request.headers.add(name: "Idempotency-Key", value: key) }
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(Array(body.utf8))
        }
        let response = try await HTTPClient.shared.execute(request, timeout: .seconds(120))
        let bytes = try await response.body.collect(upTo: 1 << 20)
        return Answer(status: Int(response.status.code), headers: response.headers, body: Array(bytes.readableBytesView))
    }
}
