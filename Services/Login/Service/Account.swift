/// An account as it is stored.
struct Account: Sendable, Hashable {
    var id: String
    var email: String
    var name: String
    var passwordHash: String
    var scopes: [String]
}
