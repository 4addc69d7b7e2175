import ServiceKit

/// Changes a refresh token into the next pair.
struct RefreshTokens: Sendable {
    struct Input: Decodable, Sendable {
        var refreshToken: String

        private enum CodingKeys: String, CodingKey {
            case refreshToken = "refresh_token"
        }
    }

    let sessions: SessionStore
    let issuer: TokenIssuer

    /// - Parameter key: The request's Idempotency-Key: a request that is repeated under it within a short while gets the same
    ///   refresh token again, with an access token made anew.
    /// - Returns: The pair, and whether the request was repeated.
    func callAsFunction(_ input: Input, key: String?) async throws -> (pair: TokenPair, isReplay: Bool) {
        let now = WallClock.seconds
        switch try await self.sessions.refresh(RefreshToken(text: input.refreshToken), key: key, now: now) {
        case .rotated(let account, let sessionID, let next, let isReplay):
            let access = try await self.issuer.accessToken(for: account, sessionID: sessionID, now: now)
            return (TokenPair(access: access, expiresIn: self.issuer.lifetime, refresh: next, account: account), isReplay)
        case .refused, .reused:
            // One answer for both: a thief need not know which it was.
            throw Problem.invalidRefreshToken
        }
    }
}
