import HTTPTypes
import Hummingbird

/// The cookie that carries the sealed session.
struct SessionCookie: Sendable {
    /// Whether the shop is reached over TLS.
    let isSecure: Bool

    /// With TLS the prefix makes browsers refuse the cookie from anybody but this very host.
    var name: String { self.isSecure ? "__Host-souk" : "souk" }

    /// What the request carries.
    func value(in request: Request) -> String? {
        for header in request.headers[values: .cookie] {
            for pair in header.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                if parts.count == 2, parts[0].drop(while: \.isWhitespace) == self.name { return String(parts[1]) }
            }
        }
        return nil
    }

    /// The header that sets it.
    func header(_ value: String, maxAge: Int64) -> String {
        "\(self.name)=\(value); Path=/; Max-Age=\(maxAge); HttpOnly; SameSite=Lax\(self.isSecure ? "; Secure" : "")"
    }
}
