/// An account, as login shows it.
struct Account: Decodable, Sendable, Hashable {
    var id: String
    var email: String
    var name: String
    var scopes: [String]

    var isStaff: Bool { self.scopes.contains("staff") }
}
