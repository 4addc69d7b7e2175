/// What follows from the provider's outcome: all of it is committed at once.
public struct PaymentSettlement: Sendable, Hashable {
    public let payment: Payment
    public let reply: PaymentReply
    /// Nil where no money moved and none was promised.
    public let ledger: LedgerTransaction?

    public init(_ payment: Payment, _ reply: PaymentReply, ledger: LedgerTransaction? = nil) {
        self.payment = payment
        self.reply = reply
        self.ledger = ledger
    }
}
