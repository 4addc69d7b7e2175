/// The accounts of the payments ledger. A debit is positive, a credit negative.
public enum LedgerAccount: String, Sendable, Hashable, CaseIterable {
    /// What customers owe us. Every sale passes through it, so it is zero when everything is paid.
    case customerReceivable = "customer-receivable"
    /// What the provider owes us until it pays out.
    case pspClearing = "psp-clearing"
    /// What was sold (credits).
    case sales
    /// What was given back (debits): kept apart from sales, so that both can be seen.
    case refunds
    /// What is in the bank.
    case cash
    case tax
    case shipping
    case fees
    case disputes
}
