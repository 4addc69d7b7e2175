public import JWTKit

/// The claims of an access token (RFC 7519). Login signs them, all services verify them.
public struct AccessClaims: JWTPayload {
    /// Every customer's scope.
    public static let shopperScope = "shopper"

    /// The scope of the shop's staff.
    public static let staffScope = "staff"

    /// The issuer of all tokens.
    public static let issuer = "souk-login"

    /// The audience of all tokens.
    public static let audience = "souk"

    /// Who signed: ``issuer``.
    public var iss: String

    /// For whom: ``audience``, alone or in a list.
    public var aud: AudienceClaim

    /// The account.
    public var sub: String

    /// Scopes, separated by spaces (RFC 8693).
    public var scope: String

    /// The login session.
    public var sid: String

    /// When the token was made, in seconds since 1970.
    public var iat: Int64

    /// When it ends, in seconds since 1970.
    public var exp: Int64

    /// Creates the claims of a new token.
    ///
    /// - Parameters:
    ///   - accountID: The account, `acc_…`.
    ///   - scopes: What the token allows.
    ///   - sessionID: The login session.
    ///   - issuedAt: Now, in seconds since 1970.
    ///   - lifetime: How long the token holds, in seconds.
    public init(accountID: String, scopes: Set<String>, sessionID: String, issuedAt: Int64, lifetime: Int64) {
        self.iss = Self.issuer
        self.aud = AudienceClaim(value: [Self.audience])
        self.sub = accountID
        self.scope = scopes.sorted().joined(separator: " ")
        self.sid = sessionID
        self.iat = issuedAt
        self.exp = issuedAt + lifetime
    }

    /// Checks nothing: ``TokenVerifier`` checks the claims against its own clock.
    public func verify(using algorithm: some JWTAlgorithm) throws {}

    /// Checks all claims.
    ///
    /// - Parameters:
    ///   - now: Seconds since 1970.
    ///   - leeway: How far clocks may differ, in seconds; only for `iat`. A token is never valid after its `exp`.
    func check(now: Int64, leeway: Int64) throws(AuthError) -> Principal {
        guard self.iss == Self.issuer else { throw AuthError(.wrongIssuer) }
        guard self.aud.value.contains(Self.audience) else { throw AuthError(.wrongAudience) }
        guard self.exp > now else { throw AuthError(.expired) }
        guard self.iat <= now + leeway, !self.sub.isEmpty else { throw AuthError(.malformed) }
        let scopes = Set(self.scope.split(separator: " ").map(String.init))
        return Principal(accountID: self.sub, scopes: scopes, sessionID: self.sid)
    }
}
