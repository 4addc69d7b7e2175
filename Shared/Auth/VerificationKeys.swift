import FoundationEssentials
import JWTKit

/// One published set of keys, as it was fetched.
final class VerificationKeys: Sendable {
    let names: Set<String>
    private let collection: JWTKeyCollection

    private init(names: Set<String>, collection: JWTKeyCollection) {
        self.names = names
        self.collection = collection
    }

    /// Reads a JSON Web Key Set (RFC 7517) and keeps its ES256 keys. Private parts, if a set should ever have one, are
    /// dropped. A set without a usable key is an error: it would lock everybody out.
    static func read(_ json: [UInt8]) async throws -> VerificationKeys {
        let set = try JSONDecoder().decode(JWKS.self, from: Data(json))
        let collection = JWTKeyCollection()
        var names: Set<String> = []
        for key in set.keys where key.keyType == .ecdsa && key.algorithm == .es256 {
            guard let kid = key.keyIdentifier, let x = key.x, let y = key.y else { continue }
            let publicKey = try ES256PublicKey(parameters: (x, y))
            await collection.add(ecdsa: publicKey, kid: kid)
            names.insert(kid.string)
        }
        guard !names.isEmpty else { throw AuthError(.unavailable) }
        return VerificationKeys(names: names, collection: collection)
    }

    /// Checks the signature. The caller has made sure that the key exists: the library would take its default key
    /// otherwise.
    func claims(of token: String) async throws(AuthError) -> AccessClaims {
        do {
            return try await self.collection.verify(token, as: AccessClaims.self)
        } catch let error as JWTError where error.errorType == .malformedToken {
            throw AuthError(.malformed)
        } catch is DecodingError {
            throw AuthError(.malformed)
        } catch {
            throw AuthError(.badSignature)
        }
    }
}
