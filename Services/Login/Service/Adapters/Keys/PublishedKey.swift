/// A public key as `/.well-known/jwks.json` shows it.
struct PublishedKey: Sendable, Encodable {
    var kty = "EC"
    var crv = "P-256"
    var alg = "ES256"
    var use = "sig"
    var kid: String
    var x: String
    var y: String
}
