import Hummingbird

/// An account as its owner sees it.
struct AccountView: ResponseEncodable, Sendable {
    var id: String
    var email: String
    var name: String
    var scopes: [String]

    init(_ account: Account) {
        self.id = account.id
        self.email = account.email
        self.name = account.name
        self.scopes = account.scopes
    }
}
