import Commerce

/// Whose cart it is.
enum CartOwner: Hashable, Sendable {
    case account(AccountID)
    case guest(GuestToken)
}
