import Commerce

/// One move of an order from a state to the next. The tables of ``OrderSaga`` say when; `OrderSaga+Moves.swift` says what.
enum SagaMove: Hashable, Sendable {
    /// Asks catalog to hold the stock.
    case reserve
    /// The stock is held: asks payments to authorize the total.
    case authorize
    /// Both are there: the pivot.
    case confirm
    /// Gives back whatever was asked for, for this reason.
    case cancel(CancelReason, detail: String? = nil)
    /// Hands the order to the carrier, takes the money and the stock.
    case ship
    /// The carrier has delivered it.
    case deliver
    /// Catalog has answered.
    case stock(StockStep)
    /// Payments has answered.
    case payment(PaymentStep)
    /// The money was taken.
    case capture(Money)
    /// Asks payments to give money back.
    case askForRefund(RefundID, Money)
    /// Money was given back.
    case refund(RefundID, Money)
    /// A refund failed: it may be asked for again.
    case dropRefund(RefundID)
}
