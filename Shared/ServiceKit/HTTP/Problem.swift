import FoundationEssentials
public import HTTPTypes
public import Hummingbird
import NIOCore
import Synchronization

/// An answer that says what went wrong: `application/problem+json` (RFC 9457).
///
/// Throw it from a handler. Only what is put into it reaches the caller.
public struct Problem: Error, HTTPResponseError, Sendable {
    /// The status.
    public var status: HTTPResponse.Status
    /// The last part of the type's URL, such as `out-of-stock`. Stable: programs compare it.
    public var slug: String
    /// A short summary, the same for all problems of the type.
    public var title: String
    /// What happened this time, and what the caller can do.
    public var detail: String?
    /// The fields that are wrong.
    public var errors: [FieldError]
    /// Further headers of the answer.
    public var headers: HTTPFields

    private static let base = Mutex("/problems/")

    /// What stands before ``slug`` in the type's URL. Set once, when the process starts.
    public static var baseURL: String {
        get { self.base.withLock { $0 } }
        set { self.base.withLock { $0 = newValue } }
    }

    /// Creates a problem.
    ///
    /// - Parameters:
    ///   - status: The status.
    ///   - type: The name of the type; without it the status' own, such as `not-found`.
    ///   - title: The type's summary; without it the status' reason phrase.
    ///   - detail: What happened this time.
    ///   - errors: The fields that are wrong.
    ///   - headers: Further headers of the answer.
    public init(
        _ status: HTTPResponse.Status,
        type: String? = nil,
        title: String? = nil,
        detail: String? = nil,
        errors: [FieldError] = [],
        headers: HTTPFields = [:]
    ) {
        self.status = status
        self.slug = type ?? Self.slug(for: status)
        self.title = title ?? (status.reasonPhrase.isEmpty ? "Problem" : status.reasonPhrase)
        self.detail = detail
        self.errors = errors
        self.headers = headers
    }

    /// The whole answer.
    public func response() -> Response {
        var headers = self.headers
        headers[.contentType] = "application/problem+json"
        if headers[.cacheControl] == nil { headers[.cacheControl] = "no-store" }
        let body = Body(
            type: Self.baseURL + self.slug,
            title: self.title,
            status: self.status.code,
            detail: self.detail,
            errors: self.errors.isEmpty ? nil : self.errors
        )
        let bytes = (try? JSONCoding.encoder.encode(body)).map { ByteBuffer(bytes: $0) } ?? ByteBuffer()
        return Response(status: self.status, headers: headers, body: ResponseBody(byteBuffer: bytes))
    }

    public func response(from request: Request, context: some RequestContext) throws -> Response {
        self.response()
    }

    private struct Body: Encodable {
        var type: String
        var title: String
        var status: Int
        var detail: String?
        var errors: [FieldError]?
    }

    private static func slug(for status: HTTPResponse.Status) -> String {
        switch status.code {
        case 400: "malformed"
        case 404: "not-found"
        case 413: "content-too-large"
        case 422: "invalid"
        case 500: "internal"
        case 503: "unavailable"
        case 504: "deadline-exceeded"
        default: status.reasonPhrase.isEmpty ? "problem" : status.reasonPhrase.lowercased().replacing(" ", with: "-")
        }
    }
}

extension Problem: CustomStringConvertible {
    public var description: String {
        "\(self.status.code) \(self.slug)\(self.detail.map { ": " + $0 } ?? "")"
    }
}
