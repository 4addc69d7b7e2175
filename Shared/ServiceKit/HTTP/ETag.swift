import HTTPTypes
public import Hummingbird

/// A strong entity tag made of a version number (RFC 9110, 8.8.3).
public struct ETag: Sendable, Hashable {
    /// With its quotes, as it stands in the header.
    public let text: String

    /// The tag of a version.
    public init(version: Int64) {
        self.text = "\"\(version)\""
    }

    /// The version in an `If-Match` header, if it names exactly one of ours.
    public static func version(in header: String) -> Int64? {
        guard header.count > 2, header.hasPrefix("\""), header.hasSuffix("\"") else { return nil }
        return Int64(header.dropFirst().dropLast())
    }

    /// Whether `If-None-Match` already has this version (weak comparison, as RFC 9110 wants for it).
    public func isKnown(to request: Request) -> Bool {
        for header in request.headers[values: .ifNoneMatch] {
            for tag in header.split(separator: ",") {
                let tag = tag.drop { $0 == " " }
                if tag == "*" || tag == self.text || tag.hasPrefix("W/") && tag.dropFirst(2) == self.text { return true }
            }
        }
        return false
    }
}

extension Request {
    /// The version that the client has seen, from `If-Match`; nil if it has any (`*`).
    ///
    /// - Throws: A ``Problem``: 428 without the header, 412 if it cannot be one of ours.
    public func requiredIfMatch() throws(Problem) -> Int64? {
        guard let header = self.headers[.ifMatch] else {
            throw Problem(.preconditionRequired, detail: "Send the ETag that you have seen in If-Match.")
        }
        return try Self.version(in: header)
    }

    /// Like ``requiredIfMatch()``, but the header may be missing: then nil is given.
    public func optionalIfMatch() throws(Problem) -> Int64? {
        guard let header = self.headers[.ifMatch] else { return nil }
        return try Self.version(in: header)
    }

    private static func version(in header: String) throws(Problem) -> Int64? {
        if header == "*" { return nil }
        guard let version = ETag.version(in: header) else { throw .preconditionFailed }
        return version
    }
}

extension Problem {
    /// 412: it was changed since the client has seen it.
    public static let preconditionFailed = Problem(
        .preconditionFailed, detail: "It was changed since you have seen it. Read it again and repeat with its new ETag.")
}
