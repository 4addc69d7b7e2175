/// Who makes a request, as the access token says it.
public struct Principal: Sendable, Hashable {
    /// The account, `acc_…`.
    public let accountID: String

    /// What the token allows: `shopper`, `staff`.
    public let scopes: Set<String>

    /// The login session that the token came from.
    public let sessionID: String

    /// Creates a principal; used by the verifier and by tests.
    public init(accountID: String, scopes: Set<String>, sessionID: String) {
        self.accountID = accountID
        self.scopes = scopes
        self.sessionID = sessionID
    }

    /// Whether the principal may use the routes of the shop's staff.
    public var isStaff: Bool { self.scopes.contains(AccessClaims.staffScope) }
}
