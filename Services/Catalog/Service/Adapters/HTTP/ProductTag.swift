internal import HTTPTypes
internal import Hummingbird
internal import ServiceKit

/// The entity tag of a product: the version of its details, and the revision of all that is shown.
///
/// The whole tag decides about `If-None-Match`, since a page also shows the stock. A change of the staff replaces the
/// details only, so for `If-Match` the first part decides: an order that takes a piece meanwhile is no conflict.
struct ProductTag: Hashable, Sendable {
    let version: Int64
    let revision: Int64

    init(version: Int64, revision: Int64) {
        self.version = version
        self.revision = revision
    }

    init(_ product: ProductView) {
        self.init(version: product.version, revision: product.revision)
    }

    /// With its quotes, as it stands in the header.
    var text: String { "\"\(self.version)-\(self.revision)\"" }

    /// Reads one strong tag; nil when it is none of ours.
    init?(_ text: some StringProtocol) {
        guard text.utf8.count > 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return nil }
        let parts = text.dropFirst().dropLast().split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let version = Int64(parts[0]), let revision = Int64(parts[1]) else { return nil }
        self.init(version: version, revision: revision)
    }

    /// Whether the client has this page already (RFC 9110, 13.1.2: weak comparison).
    func isKnown(to request: Request) -> Bool {
        Self.tags(request.headers[values: .ifNoneMatch]).contains { tag in
            tag == "*" || (tag.hasPrefix("W/") ? tag.dropFirst(2) : tag) == self.text
        }
    }

    /// Reads `If-Match` (RFC 9110, 13.1.1: strong comparison, so weak tags and strangers never match).
    ///
    /// - Throws: A `Problem` 428 without the header.
    static func condition(_ request: Request) throws(Problem) -> SeenVersion {
        let headers = request.headers[values: .ifMatch]
        guard !headers.isEmpty else {
            throw Problem(.preconditionRequired, detail: "Send the ETag that you have seen in If-Match.")
        }
        let tags = Self.tags(headers)
        return tags.contains("*") ? .any : .oneOf(Set(tags.compactMap { ProductTag($0)?.version }))
    }

    private static func tags(_ headers: [String]) -> [Substring] {
        headers.flatMap { $0.split(separator: ",") }.map { tag in
            let start = tag.drop { $0 == " " || $0 == "\t" }
            return start.prefix { $0 != " " && $0 != "\t" }
        }
    }
}
