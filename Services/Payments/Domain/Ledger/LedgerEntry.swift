/// One side of a posting.
public struct LedgerEntry: Sendable, Hashable {
    public let account: LedgerAccount
    /// Minor units: a debit is positive, a credit negative, never zero.
    public let amount: Int64
    public let layer: LedgerLayer

    public init(_ account: LedgerAccount, _ amount: Int64, _ layer: LedgerLayer) {
        self.account = account
        self.amount = amount
        self.layer = layer
    }
}
