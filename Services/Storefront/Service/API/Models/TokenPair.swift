/// What a login, or a refresh token, gives.
struct TokenPair: Decodable, Sendable {
    var accessToken: String
    var expiresIn: Int64
    var refreshToken: String
    var account: Account

    private enum CodingKeys: String, CodingKey {
        case account
        case accessToken = "access_token"
        case expiresIn = "expires_in"
        case refreshToken = "refresh_token"
    }
}
