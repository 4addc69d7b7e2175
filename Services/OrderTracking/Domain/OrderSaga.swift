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
/// A value without I/O or clock: ``begin()``, ``apply(_:)-(SagaReply)`` and ``apply(_:)-(SagaRequest)`` change it and return
/// what must be done; the caller stores both in one transaction. A reply that does not fit the state is late or double
/// and changes nothing. Stock is reserved before the payment is authorized, because an authorization is cheap to void
/// and a promise of stock is not (H. Garcia-Molina, K. Salem: Sagas, 1987; the pivot is C. Richardson's term).
public struct OrderSaga: Hashable, Sendable {
    /// Where the order stands.
    public private(set) var status: OrderStatus
    /// What catalog was asked and answered.
    public private(set) var stock: StockStep
    /// What payments was asked and answered.
    public private(set) var payment: PaymentStep
    /// Why the order is or was cancelled.
    public private(set) var cancelReason: CancelReason?
    /// Whether the carrier has delivered it, also when `status` shows a refund.
    public private(set) var isDelivered: Bool
    /// What the customer owes.
    public let total: Money
    /// What was taken from the customer.
    public private(set) var captured: Money
    /// What was given back.
    public private(set) var refunded: Money
    /// Refunds that payments has been asked for and has not answered.
    public private(set) var openRefunds: [RefundID: Money]

    /// A new order.
    public init(total: Money) {
        self.init(
            status: .placed, stock: .notAsked, payment: .notAsked, cancelReason: nil, isDelivered: false, total: total,
            captured: .zero(total.currency), refunded: .zero(total.currency), openRefunds: [:]
        )
    }

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

    /// Commands that were sent and not answered: what is sent again when an answer is overdue.
    public var unanswered: [SagaCommand] {
        var commands: [SagaCommand] = []
        switch self.stock {
        case .reserving: commands.append(.reserveStock)
        case .releasing: commands.append(.releaseStock)
        case .committing: commands.append(.commitStock)
        case .notAsked, .reserved, .rejected, .released, .committed: break
        }
        switch self.payment {
        case .authorizing: commands.append(.authorizePayment)
        case .voiding: commands.append(.voidPayment)
        case .capturing: commands.append(.capturePayment)
        case .notAsked, .authorized, .declined, .voided, .captured, .captureFailed: break
        }
        return commands + self.openRefunds.sorted { $0.key < $1.key }.map { .refundPayment($0.key, amount: $0.value) }
    }

    /// Starts a placed order: asks for its stock.
    public mutating func begin() -> SagaStep {
        var step = SagaStep()
        guard self.status == .placed, self.stock == .notAsked else { return step }
        self.enter(.reserving, in: &step)
        self.stock = .reserving
        step.commands.append(.reserveStock)
        return step
    }

    /// Takes an answer, or the passing of a deadline.
    public mutating func apply(_ reply: SagaReply) -> SagaStep {
        var step = SagaStep()
        switch reply {
        case .stockReserved, .stockRejected, .stockReleased, .stockCommitted: self.applyStock(reply, in: &step)
        case .paymentAuthorized, .paymentDeclined, .paymentVoided: self.applyAuthorization(reply, in: &step)
        case .paymentCaptured, .captureFailed, .paymentRefunded, .refundFailed: self.applyMoney(reply, in: &step)
        case .stepTimedOut:
            // After the pivot, and while undoing, there is no way but forward: the commands are sent again instead.
            if self.status == .reserving || self.status == .authorizing { self.cancel(.timeout, detail: nil, in: &step) }
        }
        return step
    }

    /// Does what a person asks, or says why not.
    ///
    /// - Throws: ``SagaRefusal``.
    public mutating func apply(_ request: SagaRequest) throws(SagaRefusal) -> SagaStep {
        var step = SagaStep()
        switch request {
        case .cancel: try self.cancelByRequest(in: &step)
        case .ship: try self.ship(in: &step)
        case .deliver: try self.deliver(in: &step)
        case .refund(let refund, let amount): try self.refund(refund, amount, in: &step)
        }
        return step
    }
}

// MARK: - Answers of catalog

extension OrderSaga {
    private mutating func applyStock(_ reply: SagaReply, in step: inout SagaStep) {
        switch (reply, self.stock) {
        case (.stockReserved, .reserving):
            self.stock = .reserved
            self.enter(.authorizing, in: &step)
            self.payment = .authorizing
            step.commands.append(.authorizePayment)
        case (.stockRejected(let detail), .reserving):
            self.stock = .rejected
            self.cancel(.outOfStock, detail: detail, in: &step)
        case (.stockReleased, .releasing), (.stockRejected, .releasing):
            self.stock = .released
            step.isChange = true
            self.finishCancelling(in: &step)
        case (.stockCommitted, .committing):
            self.stock = .committed
            step.isChange = true
        default:
            break
        }
    }
}

// MARK: - Answers of payments

extension OrderSaga {
    private mutating func applyAuthorization(_ reply: SagaReply, in step: inout SagaStep) {
        switch (reply, self.payment) {
        case (.paymentAuthorized, .authorizing):
            self.payment = .authorized
            self.enter(.confirmed, in: &step)
            step.facts.append(.confirmed)
        case (.paymentDeclined(let reason), .authorizing):
            self.payment = .declined
            self.cancel(.paymentDeclined, detail: reason, in: &step)
        case (.paymentVoided, .voiding), (.paymentDeclined, .voiding):
            // A late authorization is no answer to the void: the void that is under way follows it.
            self.payment = .voided
            step.isChange = true
            self.finishCancelling(in: &step)
        default:
            break
        }
    }

    private mutating func applyMoney(_ reply: SagaReply, in step: inout SagaStep) {
        switch reply {
        case .paymentCaptured(let amount) where self.payment == .capturing:
            self.payment = .captured
            self.captured = amount
            step.isChange = true
        case .captureFailed where self.payment == .capturing:
            self.payment = .captureFailed
            step.isChange = true
        case .paymentRefunded(let refund, let amount) where self.openRefunds[refund] != nil:
            self.openRefunds[refund] = nil
            self.refunded = Money(amount: self.refunded.amount + amount.amount, currency: self.refunded.currency)
            let inFull = self.refunded.amount >= self.captured.amount
            self.enter(inFull ? .refunded : .partiallyRefunded, in: &step)
            step.facts.append(.refunded(refund, amount: amount, inFull: inFull))
        case .refundFailed(let refund, _) where self.openRefunds[refund] != nil:
            self.openRefunds[refund] = nil
            step.isChange = true
        default:
            break
        }
    }
}

// MARK: - Requests of people

extension OrderSaga {
    private mutating func cancelByRequest(in step: inout SagaStep) throws(SagaRefusal) {
        switch self.status {
        case .placed, .reserving, .authorizing, .confirmed: self.cancel(.customer, detail: nil, in: &step)
        case .cancelling: break  // Asked twice: it is being done.
        case .cancelled: throw SagaRefusal(.notCancellable, "The order is cancelled already.")
        case .shipped, .delivered, .partiallyRefunded, .refunded:
            throw SagaRefusal(.notCancellable, "The order has been shipped; it can only be returned for a refund.")
        }
    }

    private mutating func ship(in step: inout SagaStep) throws(SagaRefusal) {
        guard self.status == .confirmed else {
            throw SagaRefusal(.notShippable, "Only a confirmed order can be shipped; this one is \(self.status.rawValue).")
        }
        self.enter(.shipped, in: &step)
        self.payment = .capturing
        self.stock = .committing
        step.commands += [.capturePayment, .commitStock]
        step.facts.append(.shipped)
    }

    private mutating func deliver(in step: inout SagaStep) throws(SagaRefusal) {
        let isUnderWay = self.status == .shipped || self.status == .partiallyRefunded || self.status == .refunded
        guard isUnderWay, !self.isDelivered else {
            throw SagaRefusal(.notDeliverable, "Only a shipped order can be delivered; this one is \(self.status.rawValue).")
        }
        self.isDelivered = true
        step.entries.append(.init(.delivered))
        step.facts.append(.delivered)
        step.isChange = true
        if self.status == .shipped { self.status = .delivered }
    }

    private mutating func refund(_ refund: RefundID, _ amount: Money, in step: inout SagaStep) throws(SagaRefusal) {
        guard self.payment == .captured else {
            throw SagaRefusal(.notRefundable, "Nothing has been captured for this order, so there is nothing to refund.")
        }
        guard amount.currency == self.captured.currency, amount.amount > 0, amount.amount <= self.refundable.amount else {
            throw SagaRefusal(.refundTooLarge, "At most \(self.refundable.amount) can still be refunded, in minor units.")
        }
        self.openRefunds[refund] = amount
        step.isChange = true
        step.commands.append(.refundPayment(refund, amount: amount))
    }

    /// What was captured, less what was refunded or is being refunded.
    public var refundable: Money {
        let open = self.openRefunds.values.reduce(0) { $0 + $1.amount }
        return Money(amount: self.captured.amount - self.refunded.amount - open, currency: self.captured.currency)
    }
}

// MARK: - Moving

extension OrderSaga {
    private mutating func enter(_ status: OrderStatus, detail: String? = nil, in step: inout SagaStep) {
        self.status = status
        step.entries.append(.init(status, detail: detail))
        step.isChange = true
    }

    /// Gives back whatever was asked for. What was asked and not answered is given back too: its answer may be on its way.
    private mutating func cancel(_ reason: CancelReason, detail: String?, in step: inout SagaStep) {
        self.cancelReason = reason
        self.enter(.cancelling, detail: detail, in: &step)
        if self.payment == .authorizing || self.payment == .authorized {
            self.payment = .voiding
            step.commands.append(.voidPayment)
        }
        if self.stock == .reserving || self.stock == .reserved {
            self.stock = .releasing
            step.commands.append(.releaseStock)
        }
        self.finishCancelling(in: &step)
    }

    private mutating func finishCancelling(in step: inout SagaStep) {
        guard self.status == .cancelling, self.stock != .releasing, self.payment != .voiding, let reason = self.cancelReason else { return }
        self.enter(.cancelled, in: &step)
        step.facts.append(.cancelled(reason))
    }
}
