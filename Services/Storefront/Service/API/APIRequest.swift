import HTTPTypes
import ServiceKit

/// One request of a service's public API.
struct APIRequest: Sendable {
    /// How long the caller is willing to wait for a service that is busy.
    enum Patience: Sendable {
        /// A page with a sentence now is better than a whole one later.
        case page
        /// It matters that it happens: come back when the service says.
        case order
    }

    var method: HTTPRequest.Method
    /// Path and query, encoded.
    var path: String
    var headers: HTTPFields = [:]
    var body: [UInt8]?
    var patience = Patience.page

    init(_ method: HTTPRequest.Method, _ path: String) {
        self.method = method
        self.path = path
    }

    /// With a JSON body.
    init(_ method: HTTPRequest.Method, _ path: String, json: some Encodable) throws {
        self.init(method, path)
        self.body = try JSONCoding.bytes(json)
        self.headers[.contentType] = "application/json"
    }

    /// Whether sending it twice is harmless: a safe or idempotent method, or a key that makes it so.
    var isSafeToRetry: Bool {
        switch self.method {
        case .get, .head: true
        // What was done while its answer was lost has ended the condition itself: the second answer would be a refusal.
        case .put, .delete: self.headers[.ifMatch] == nil
        default: self.headers[.idempotencyKey] != nil
        }
    }

    /// The same under a key, by which it may be sent again.
    func keyed(_ key: String) -> APIRequest {
        var copy = self
        copy.headers[.idempotencyKey] = key
        return copy
    }

    /// The same with the patience of something that matters.
    func patient() -> APIRequest {
        var copy = self
        copy.patience = .order
        return copy
    }
}
