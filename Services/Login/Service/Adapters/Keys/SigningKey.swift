import Auth
import Crypto
import JWTKit

/// A key for access tokens, ready to sign.
struct SigningKey: Sendable {
    let id: String
    /// When it begins to sign, in seconds since 1970.
    let activeAt: Int64
    /// The private key's 32 bytes.
    let rawRepresentation: [UInt8]

    private let collection: JWTKeyCollection
    private let publicPoint: [UInt8]

    /// A new random key, named after its public part (RFC 7638 in spirit: the same key has the same name everywhere).
    static func random(activeAt: Int64) async throws -> SigningKey {
        let key = P256.Signing.PrivateKey()
        let id = Base64URL.encode(SHA256.hash(data: key.publicKey.x963Representation).prefix(12))
        return try await SigningKey(id: id, activeAt: activeAt, rawRepresentation: Array(key.rawRepresentation))
    }

    init(id: String, activeAt: Int64, rawRepresentation: [UInt8]) async throws {
        let key = try P256.Signing.PrivateKey(rawRepresentation: rawRepresentation)
        self.id = id
        self.activeAt = activeAt
        self.rawRepresentation = rawRepresentation
        self.publicPoint = Array(key.publicKey.x963Representation)
        self.collection = await JWTKeyCollection().add(ecdsa: try ES256PrivateKey(backing: key), kid: JWKIdentifier(string: id))
    }

    func sign(_ claims: AccessClaims) async throws -> String {
        try await self.collection.sign(claims, kid: JWKIdentifier(string: self.id))
    }

    /// The public part (RFC 7517, RFC 7518 6.2): 0x04, then 32 bytes each of x and y.
    var published: PublishedKey {
        PublishedKey(
            kid: self.id, x: Base64URL.encode(self.publicPoint[1..<33]), y: Base64URL.encode(self.publicPoint[33..<65]))
    }
}
