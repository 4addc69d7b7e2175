import Crypto
import Foundation

/// The signature of a webhook: `t=<seconds since 1970>,v1=<hex of HMAC-SHA256(secret, "t.body")>`.
package enum WebhookSignature {
    /// The header that carries it.
    package static let headerName = "PSP-Signature"

    package static func header(body: [UInt8], secret: String, secondsSince1970 time: Int64) -> String {
        var signed = Array("\(time).".utf8)
        signed.append(contentsOf: body)
        let code = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: Array(secret.utf8)))
        return "t=\(time),v1=\(Hex.encode(code))"
    }
}
