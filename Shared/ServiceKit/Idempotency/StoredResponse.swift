import FoundationEssentials
public import HTTPTypes
public import Hummingbird
import NIOCore

/// An answer that is kept, to be given again when the same request comes again.
public struct StoredResponse: Sendable, Hashable {
    /// The status code.
    public var status: Int
    /// The headers that belong to the content, such as `Location`.
    public var headers: [String: String]
    /// The body.
    public var body: [UInt8]
    /// Whether it comes from the store: then it is shown with `Idempotency-Replayed: true`.
    public var isReplay = false

    /// Creates an answer of known bytes.
    public init(status: Int, headers: [String: String], body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// Creates an answer with a JSON body.
    public init(_ value: some Encodable, status: HTTPResponse.Status, headers: HTTPFields = [:]) throws {
        var names: [String: String] = [:]
        for field in headers { names[field.name.rawName] = field.value }
        self.init(status: status.code, headers: names, body: Array(try JSONCoding.encoder.encode(value)))
    }

    /// The answer as it goes out.
    public func response() -> Response {
        var fields: HTTPFields = [:]
        for (name, value) in self.headers {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        if self.isReplay { fields[.idempotencyReplayed] = "true" }
        return JSONCoding.response(bytes: ByteBuffer(bytes: self.body), status: HTTPResponse.Status(code: self.status), headers: fields)
    }
}

extension StoredResponse: ResponseGenerator {
    public func response(from request: Request, context: some RequestContext) throws -> Response {
        self.response()
    }
}
