public import Commerce

/// Entries that belong together and add up to nothing in each layer. Never changed: a correction is another transaction.
public struct LedgerTransaction: Sendable, Hashable {
    public enum Kind: Int16, Sendable, Hashable {
        case authorize = 1
        case capture = 2
        case void = 3
        case refund = 4
    }

    /// The same for the same business fact, so it cannot be written twice.
    public let id: String
    public let kind: Kind
    /// What it is about: a payment's or a refund's id. One kind happens to one thing once.
    public let ref: String
    public let orderID: OrderID
    /// The authorization that a capture or a void resolves. One is resolved at most once.
    public let pendingID: String?
    public let currency: Currency
    public let entries: [LedgerEntry]

    private init(_ kind: Kind, ref: String, _ payment: Payment, pendingID: String?, entries: [LedgerEntry]) {
        self.id = "\(ref):\(kind.name)"
        self.kind = kind
        self.ref = ref
        self.orderID = payment.orderID
        self.pendingID = pendingID
        self.currency = payment.amount.currency
        self.entries = entries
    }
}

extension LedgerTransaction.Kind {
    /// As it stands in ids.
    public var name: String {
        switch self {
        case .authorize: "authorize"
        case .capture: "capture"
        case .void: "void"
        case .refund: "refund"
        }
    }
}

// MARK: - Posting rules

extension LedgerTransaction {
    /// The provider promises what the customer is going to owe: pending only.
    public static func authorization(of payment: Payment) -> LedgerTransaction {
        LedgerTransaction(
            .authorize, ref: payment.id.rawValue, payment, pendingID: nil,
            entries: [
                LedgerEntry(.pspClearing, payment.amount.amount, .pending),
                LedgerEntry(.customerReceivable, -payment.amount.amount, .pending),
            ])
    }

    /// The whole promise ends, and what was taken is posted: the sale, and the provider's debt that settles it.
    public static func capture(of payment: Payment) -> LedgerTransaction {
        let taken = payment.captured.amount
        let entries =
            Self.release(of: payment) + [
                LedgerEntry(.customerReceivable, taken, .posted),
                LedgerEntry(.sales, -taken, .posted),
                LedgerEntry(.pspClearing, taken, .posted),
                LedgerEntry(.customerReceivable, -taken, .posted),
            ]
        return LedgerTransaction(.capture, ref: payment.id.rawValue, payment, pendingID: Self.pendingID(payment), entries: entries)
    }

    /// The promise ends, nothing is posted.
    public static func void(of payment: Payment) -> LedgerTransaction {
        let entries = Self.release(of: payment)
        return LedgerTransaction(.void, ref: payment.id.rawValue, payment, pendingID: Self.pendingID(payment), entries: entries)
    }

    /// The mirror of a capture, for the amount that goes back.
    public static func refund(_ id: RefundID, _ amount: Money, of payment: Payment) -> LedgerTransaction {
        LedgerTransaction(
            .refund, ref: id.rawValue, payment, pendingID: nil,
            entries: [
                LedgerEntry(.refunds, amount.amount, .posted),
                LedgerEntry(.customerReceivable, -amount.amount, .posted),
                LedgerEntry(.customerReceivable, amount.amount, .posted),
                LedgerEntry(.pspClearing, -amount.amount, .posted),
            ])
    }

    private static func pendingID(_ payment: Payment) -> String { "\(payment.id.rawValue):authorize" }

    private static func release(of payment: Payment) -> [LedgerEntry] {
        [
            LedgerEntry(.pspClearing, -payment.amount.amount, .pending),
            LedgerEntry(.customerReceivable, payment.amount.amount, .pending),
        ]
    }
}
