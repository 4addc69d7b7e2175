import Auth
import Crypto
import Foundation

/// Signs access tokens as login does (ES256), and verifies them as the services do.
struct TokenIssuer: Sendable {
    private let key = P256.Signing.PrivateKey()
    let verifier: TokenVerifier

    init() throws {
        let point = self.key.publicKey.x963Representation.dropFirst()
        let jwks = """
            {"keys":[{"kty":"EC","crv":"P-256","kid":"k","alg":"ES256","use":"sig",\
            "x":"\(Self.base64URL(point.prefix(32)))","y":"\(Self.base64URL(point.suffix(32)))"}]}
            """
        self.verifier = TokenVerifier { Array(jwks.utf8) }
    }

    func token(account: String, scope: String) throws -> String {
        let now = Int64(Date().timeIntervalSince1970)
        let claims = """
            {"iss":"souk-login","aud":["souk"],"sub":"\(account)","scope":"\(scope)","sid":"ses_1","iat":\(now),"exp":\(now + 900)}
            """
        let head = Self.base64URL(Data(#"{"alg":"ES256","kid":"k","typ":"JWT"}"#.utf8))
        let signed = head + "." + Self.base64URL(Data(claims.utf8))
        let signature = try self.key.signature(for: Data(signed.utf8))
        return signed + "." + Self.base64URL(signature.rawRepresentation)
    }

    private static func base64URL(_ data: some DataProtocol) -> String {
        Data(data).base64EncodedString()
            .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
    }
}
