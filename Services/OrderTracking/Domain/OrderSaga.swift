public import Commerce

/// The saga of an order: who is asked for what, in which order, and how it is undone.
///
/// ```
/// placed ─► reserving ─► authorizing ─► confirmed ─► shipped ─► delivered
///              │ rejected     │ declined     │ customer            │
///              │ timed out    │ timed out    │                     ▼
///              ▼              ▼              ▼          partially_refunded, refunded
///          cancelling ── release stock, void payment ──► cancelled
/// ```
///
/// A value without I/O or clock. What comes in and how the order stands give a ``SagaMove``, by the two tables below; the
/// move changes the order and says what must be done (`OrderSaga+Moves.swift`), and the caller stores both in one
/// transaction. Stock is reserved before the payment is authorized, because an authorization is cheap to void and a promise
/// of stock is not (H. Garcia-Molina, K. Salem: Sagas, 1987; the pivot is C. Richardson's term).
public struct OrderSaga: Hashable, Sendable {
    /// Where the order stands.
    public internal(set) var status: OrderStatus
    /// What catalog was asked and answered.
    public internal(set) var stock: StockStep
    /// What payments was asked and answered.
    public internal(set) var payment: PaymentStep
    /// Why the order is or was cancelled.
    public internal(set) var cancelReason: CancelReason?
    /// Whether the carrier has delivered it, also when `status` shows a refund.
    public internal(set) var isDelivered: Bool
    /// What the customer owes.
    public let total: Money
    /// What was taken from the customer.
    public internal(set) var captured: Money
    /// What was given back.
    public internal(set) var refunded: Money
    /// Refunds that payments has been asked for and has not answered.
    public internal(set) var openRefunds: [RefundID: Money]

    /// An order as it was stored.
    public init(
        status: OrderStatus, stock: StockStep, payment: PaymentStep, cancelReason: CancelReason?, isDelivered: Bool,
        total: Money, captured: Money, refunded: Money, openRefunds: [RefundID: Money]
    ) {
        self.status = status
        self.stock = stock
        self.payment = payment
        self.cancelReason = cancelReason
        self.isDelivered = isDelivered
        self.total = total
        self.captured = captured
        self.refunded = refunded
        self.openRefunds = openRefunds
    }

    /// What follows from an answer, or from the passing of a deadline. An answer that does not fit is late or double.
    private func move(after reply: SagaReply) -> SagaMove? {
        switch (reply, self.stock, self.payment) {
        case (.stockReserved, .reserving, _): .authorize
        case (.stockRejected(let detail), .reserving, _): .cancel(.outOfStock, detail: detail)
        case (.stockReleased, .releasing, _), (.stockRejected, .releasing, _): .stock(.released)
        case (.stockCommitted, .committing, _): .stock(.committed)
        case (.paymentAuthorized, _, .authorizing): .confirm
        case (.paymentDeclined(let reason), _, .authorizing): .cancel(.paymentDeclined, detail: reason)
        // A late authorization is no answer to the void: the void that is under way follows it.
        case (.paymentVoided, _, .voiding), (.paymentDeclined, _, .voiding): .payment(.voided)
        case (.paymentCaptured(let amount), _, .capturing): .capture(amount)
        case (.captureFailed, _, .capturing): .payment(.captureFailed)
        case (.paymentRefunded(let refund, let amount), _, _) where self.isOpen(refund): .refund(refund, amount)
        case (.refundFailed(let refund, _), _, _) where self.isOpen(refund): .dropRefund(refund)
        // After the pivot, and while undoing, there is no way but forward: the commands are sent again instead.
        case (.stepTimedOut, _, _) where self.status == .reserving || self.status == .authorizing: .cancel(.timeout)
        default: nil
        }
    }

    /// What follows from a person's request, which is refused with a reason where the order's state forbids it.
    private func move(for request: SagaRequest) throws(SagaRefusal) -> SagaMove? {
        switch (request, self.status) {
        case (.cancel, .placed), (.cancel, .reserving), (.cancel, .authorizing), (.cancel, .confirmed): return .cancel(.customer)
        case (.cancel, .cancelling): return nil  // Asked twice: it is being done.
        case (.cancel, _): throw .notCancellable(self)
        case (.ship, .confirmed): return .ship
        case (.ship, _): throw .notShippable(self)
        case (.deliver, _) where self.isOnItsWay: return .deliver
        case (.deliver, _): throw .notDeliverable(self)
        case (.refund(let refund, let amount), _) where self.isRefundable(amount): return .askForRefund(refund, amount)
        case (.refund, _): throw .notRefundable(self)
        }
    }

    /// Starts a placed order: asks for its stock.
    public mutating func begin() -> SagaStep {
        self.make(self.status == .placed && self.stock == .notAsked ? .reserve : nil)
    }

    /// Takes an answer, or the passing of a deadline.
    public mutating func apply(_ reply: SagaReply) -> SagaStep {
        self.make(self.move(after: reply))
    }

    /// Does what a person asks, or says why not.
    ///
    /// - Throws: ``SagaRefusal``.
    public mutating func apply(_ request: SagaRequest) throws(SagaRefusal) -> SagaStep {
        self.make(try self.move(for: request))
    }
}
