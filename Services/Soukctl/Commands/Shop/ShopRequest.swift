import Foundation

/// One request to the shop.
package struct ShopRequest: Sendable {
    package var method: String
    package var path: String
    package var headers: [String: String] = [:]
    package var body: [UInt8]?

    package init(_ method: String, _ path: String, headers: [String: String] = [:]) {
        self.method = method
        self.path = path
        self.headers = headers
    }

    /// A request with a JSON body.
    package init(_ method: String, _ path: String, json: some Encodable, headers: [String: String] = [:]) throws {
        self.init(method, path, headers: headers)
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys]
        self.body = Array(try encoder.encode(json))
        self.headers["Content-Type"] = "application/json"
    }

    /// The same request with one header more.
    package func adding(_ name: String, _ value: String?) -> ShopRequest {
        var request = self
        if let value { request.headers[name] = value }
        return request
    }
}
