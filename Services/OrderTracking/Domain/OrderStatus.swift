/// Where an order stands, as its customer sees it.
public enum OrderStatus: String, Hashable, Sendable, CaseIterable {
    /// Accepted; nothing has been asked of anyone yet.
    case placed
    /// Catalog has been asked to hold the stock.
    case reserving
    /// Payments has been asked to authorize the amount.
    case authorizing
    /// Stock held and payment authorized: the pivot. From here the saga only goes forward, unless somebody cancels.
    case confirmed
    /// Handed to the carrier; the payment is captured.
    case shipped
    /// With the customer.
    case delivered
    /// What was reserved or authorized is being given back.
    case cancelling
    /// Over: nothing is held and nothing was charged.
    case cancelled
    /// A part of what was captured went back to the customer.
    case partiallyRefunded = "partially_refunded"
    /// All that was captured went back to the customer.
    case refunded

    /// Whether the saga has come to its outcome, confirmed or cancelled: what `Prefer: wait` waits for.
    public var isSettled: Bool {
        switch self {
        case .placed, .reserving, .authorizing, .cancelling: false
        case .confirmed, .shipped, .delivered, .cancelled, .partiallyRefunded, .refunded: true
        }
    }

    /// Whether nothing more will come on the order's live stream, short of a refund.
    public var isTerminal: Bool {
        switch self {
        case .cancelled, .delivered, .refunded: true
        case .placed, .reserving, .authorizing, .confirmed, .shipped, .cancelling, .partiallyRefunded: false
        }
    }
}
