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

    func callAsFunction(_ input: Input) async throws -> TokenPair {
        let now = WallClock.seconds
        switch try await self.sessions.refresh(RefreshToken(text: input.refreshToken), now: now) {
        case .rotated(let account, let sessionID, let next):
            let access = try await self.issuer.accessToken(for: account, sessionID: sessionID, now: now)
            return TokenPair(access: access, expiresIn: self.issuer.lifetime, refresh: next, account: account)
        case .refused, .reused:
            // One answer for both: a thief need not know which it was.
            throw Problem.invalidRefreshToken
        }
    }
}
