public import FoundationEssentials
public import HTTPTypes
public import Hummingbird
import NIOCore

/// How the services read and write JSON: times in RFC 3339 with milliseconds, members in the order of their names, so
/// that equal values are equal bytes.
public struct JSONCoding: RequestDecoder, ResponseEncoder, Sendable {
    /// The one encoder of the process: encoders keep no state between calls, making one costs more than a small answer.
    public static let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(date.formatted(timeFormat))
        }
        return encoder
    }()

    /// The one decoder of the process, for JSON of our own. Bodies of requests go through ``JSONBody``.
    public static let decoder: JSONDecoder = {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            let text = try container.decode(String.self)
            if let date = Self.date(text) { return date }
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "must be a time such as 2026-01-31T12:00:00Z")
        }
        return decoder
    }()

    private static let timeFormat = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    /// Reads a time in RFC 3339, with or without a fraction of a second.
    static func date(_ text: String) -> Date? {
        (try? self.timeFormat.parse(text)) ?? (try? Date.ISO8601FormatStyle().parse(text))
    }

    /// Creates the coding.
    public init() {}

    public func decode<T: Decodable>(_ type: T.Type, from request: Request, context: some RequestContext) async throws -> T {
        try await JSONBody(collecting: request, upTo: context.maxUploadSize).decode(type)
    }

    public func encode(_ value: some Encodable, from request: Request, context: some RequestContext) throws -> Response {
        try Self.response(value)
    }

    /// The JSON text of a value.
    public static func bytes(_ value: some Encodable) throws -> [UInt8] {
        Array(try self.encoder.encode(value))
    }

    /// An answer with a JSON body.
    ///
    /// - Parameters:
    ///   - value: The body.
    ///   - status: The status.
    ///   - headers: Further headers.
    public static func response(
        _ value: some Encodable,
        status: HTTPResponse.Status = .ok,
        headers: HTTPFields = [:]
    ) throws -> Response {
        self.response(bytes: ByteBuffer(bytes: try self.encoder.encode(value)), status: status, headers: headers)
    }

    static func response(bytes: ByteBuffer, status: HTTPResponse.Status, headers: HTTPFields) -> Response {
        var headers = headers
        if headers[.contentType] == nil { headers[.contentType] = "application/json" }
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: bytes))
    }
}
