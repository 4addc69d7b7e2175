import Auth
import Crypto
import FoundationEssentials

/// What the shop remembers of a visitor between two requests: the content of the session cookie.
///
/// All of it travels in the cookie, sealed, so that any instance serves any visitor and none keeps anything.
struct Session: Codable, Sendable, Hashable {
    /// Somebody who has logged in.
    struct Login: Codable, Sendable, Hashable {
        var accountID: String
        var name: String
        var email: String
        var isStaff: Bool
        var accessToken: String
        /// Seconds since 1970.
        var accessExpires: Int64
        var refreshToken: String
        /// The Idempotency-Key under which the refresh token is used, at whatever instance.
        var refreshKey: String

        private enum CodingKeys: String, CodingKey {
            case accountID = "i"
            case name = "n"
            case email = "m"
            case isStaff = "s"
            case accessToken = "a"
            case accessExpires = "x"
            case refreshToken = "r"
            case refreshKey = "k"
        }
    }

    /// A place in a service's history, after which this visitor wants to read.
    struct ReadAfter: Codable, Sendable, Hashable {
        var token: String
        /// When it was given, in seconds since 1970.
        var at: Int64

        private enum CodingKeys: String, CodingKey {
            case token = "t"
            case at = "a"
        }
    }

    /// Told once, on the next page.
    struct Notice: Codable, Sendable, Hashable {
        enum Kind: String, Codable, Sendable {
            case good
            case bad
        }

        var kind: Kind
        var text: String

        private enum CodingKeys: String, CodingKey {
            case kind = "k"
            case text = "t"
        }
    }

    /// 128 random bits. Renewed at login, so that nobody can prepare a session for somebody else.
    var id: String
    var login: Login?
    var guestCart: String?
    /// The number beside the cart.
    var cartCount: Int
    var readAfter: [String: ReadAfter]
    var notice: Notice?

    private enum CodingKeys: String, CodingKey {
        case id = "i"
        case login = "l"
        case guestCart = "g"
        case cartCount = "c"
        case readAfter = "r"
        case notice = "n"
    }

    /// A new visitor's.
    static func new() -> Session {
        Session(id: self.randomID(), login: nil, guestCart: nil, cartCount: 0, readAfter: [:], notice: nil)
    }

    /// Somebody logs in: what was known of the guest stays, under a new name.
    mutating func logIn(_ pair: TokenPair, now: Int64) {
        self.id = Self.randomID()
        self.readAfter = [:]
        self.login = nil
        self.keep(pair, now: now)
    }

    /// The next pair of tokens of the same login.
    ///
    /// The next key follows from the old one and the new token, so that two instances that renew one session at the same
    /// time make the same session of it.
    mutating func keep(_ pair: TokenPair, now: Int64) {
        let key = self.login.map { old in
            let code = HMAC<SHA256>.authenticationCode(
                for: Data(pair.refreshToken.utf8), using: SymmetricKey(data: Data(old.refreshKey.utf8)))
            return Base64URL.encode(code)
        }
        self.login = Login(
            accountID: pair.account.id, name: pair.account.name, email: pair.account.email, isStaff: pair.account.isStaff,
            accessToken: pair.accessToken, accessExpires: now + pair.expiresIn, refreshToken: pair.refreshToken,
            refreshKey: key ?? Self.randomID() + Self.randomID()
        )
    }

    /// Nothing of the account stays.
    mutating func logOut() {
        self = .new()
    }

    /// Notes a read-after token, and forgets those that every replica has passed long ago.
    mutating func noteRead(_ token: String, of service: String, now: Int64) {
        self.readAfter = self.readAfter.filter { now - $0.value.at < Self.readAfterSeconds }
        self.readAfter[service] = ReadAfter(token: token, at: now)
    }

    /// The token to send along to a service.
    func readAfter(_ service: String, now: Int64) -> String? {
        guard let known = self.readAfter[service], now - known.at < Self.readAfterSeconds else { return nil }
        return known.token
    }

    private static let readAfterSeconds: Int64 = 60

    private static func randomID() -> String {
        var generator = SystemRandomNumberGenerator()
        return Base64URL.encode((0..<16).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }
}
