import Hummingbird

/// What a login gives.
struct TokenPair: ResponseEncodable, Sendable {
    var accessToken: String
    var tokenType = "Bearer"
    var expiresIn: Int64
    var refreshToken: String
    var account: AccountView

    private enum CodingKeys: String, CodingKey {
        case accessToken = "access_token"
        case tokenType = "token_type"
        case expiresIn = "expires_in"
        case refreshToken = "refresh_token"
        case account
    }

    init(access: String, expiresIn: Int64, refresh: RefreshToken, account: Account) {
        self.accessToken = access
        self.expiresIn = expiresIn
        self.refreshToken = refresh.text
        self.account = AccountView(account)
    }
}
