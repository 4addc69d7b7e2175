import HTTPTypes
import Hummingbird

/// Whether a form was sent from a page of this shop, as the browser says it.
///
/// A second lock beside the form's token: browsers do not let pages set these headers.
struct OriginCheck: Sendable {
    /// The shop's address as browsers see it, if it is set.
    let publicURL: String

    func allows(_ request: Request) -> Bool {
        if let site = request.headers[.secFetchSite], site != "same-origin", site != "none" { return false }
        guard let origin = request.headers[.origin] else { return true }
        if !self.publicURL.isEmpty { return origin == self.publicURL }
        guard let authority = request.head.authority else { return false }
        return origin == "http://\(authority)" || origin == "https://\(authority)"
    }
}

extension HTTPField.Name {
    /// From where a browser sends a request (Fetch Metadata).
    static let secFetchSite = HTTPField.Name("Sec-Fetch-Site")!
}
