import HTTPTypes
public import Hummingbird
public import NIOCore

/// The body of a request, read whole and known to be one well-formed JSON text.
public struct JSONBody: Sendable {
    /// The bytes as they came.
    public let bytes: ByteBuffer

    private let root: JSONNode

    /// Reads and checks a body.
    ///
    /// - Throws: A ``Problem``: 413 too large, 415 another media type, 400 not well-formed. Two members of one name,
    ///   nesting deeper than 32 and bytes that are no UTF-8 are not well-formed.
    public init(collecting request: Request, upTo limit: Int) async throws {
        try Self.checkMediaType(request)
        let tooLarge = Problem(.contentTooLarge, type: "content-too-large", detail: "The body may have \(limit) bytes at most.")
        if let length = request.headers[.contentLength].flatMap(Int.init), length > limit {
            throw tooLarge
        }
        do {
            self.bytes = try await request.body.collect(upTo: limit)
        } catch let error as HTTPError where error.status == .contentTooLarge {
            throw tooLarge
        } catch is NIOTooManyBytesError {
            throw tooLarge
        }
        var parser = JSONParser(self.bytes.readableBytesView)
        do {
            self.root = try parser.parse()
        } catch {
            throw Problem(.badRequest, type: "malformed", title: "Malformed JSON", detail: error.description)
        }
    }

    /// Decodes the body.
    ///
    /// - Throws: A ``Problem`` 422 with a pointer to the field that is missing or of the wrong type.
    public func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        do {
            return try JSONNodeDecoder(self.root, path: []).decode(type)
        } catch let error as DecodingError {
            throw Problem.invalid([FieldError(error)])
        }
    }

    private static func checkMediaType(_ request: Request) throws(Problem) {
        guard let contentType = request.headers[.contentType] else { return }
        let parts = contentType.lowercased().split(separator: ";").map { $0.trimmingPrefix(while: { $0 == " " }) }
        let type = parts.first.map { String($0).replacing(" ", with: "") } ?? ""
        let charset = parts.dropFirst().first { $0.hasPrefix("charset=") }?.dropFirst(8)
        let isJSON = type == "application/json" || (type.hasPrefix("application/") && type.hasSuffix("+json"))
        let isUTF8 = charset.map { ["utf-8", "\"utf-8\"", "utf8"].contains(String($0)) } ?? true
        guard isJSON && isUTF8 else {
            throw Problem(.unsupportedMediaType, detail: "Send the body as application/json in UTF-8.")
        }
    }
}

extension Request {
    /// Reads the body as JSON, for handlers that need its bytes as well, such as those with an Idempotency-Key.
    public func jsonBody(context: ShopRequestContext) async throws -> JSONBody {
        try await JSONBody(collecting: self, upTo: context.maxUploadSize)
    }

    /// Reads and decodes the body.
    ///
    /// - Throws: A ``Problem``: 413, 415, 400 or 422, see ``JSONBody``.
    public func decodeBody<Value: Decodable>(_ type: Value.Type = Value.self, context: ShopRequestContext) async throws -> Value {
        try await self.jsonBody(context: context).decode(type)
    }
}
