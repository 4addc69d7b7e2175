import FoundationEssentials

/// The part of a token that says how it is signed, read before anything is trusted.
struct TokenHeader: Decodable {
    var alg: String
    var kid: String
    var crit: [String]?

    /// The longest token that is looked at, in bytes.
    static let maximumTokenLength = 4_096

    /// Reads the header and refuses everything but ES256 with a named key.
    ///
    /// The algorithm is decided here and not by the token: `none`, HMAC with the public key as its secret and the like
    /// end at this line. `crit` names extensions that must be understood, and none is.
    static func read(_ token: String) throws(AuthError) -> TokenHeader {
        let bytes = token.utf8
        guard bytes.count <= maximumTokenLength else { throw AuthError(.malformed) }
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, !parts[1].isEmpty, !parts[2].isEmpty,
            let json = Base64URL.decode(parts[0]),
            let header = try? JSONDecoder().decode(TokenHeader.self, from: json)
        else { throw AuthError(.malformed) }
        guard header.alg == "ES256", header.crit == nil, (1...128).contains(header.kid.utf8.count) else {
            throw AuthError(.malformed)
        }
        return header
    }
}
