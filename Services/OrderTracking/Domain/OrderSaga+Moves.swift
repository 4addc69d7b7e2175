import Commerce

extension OrderSaga {
    /// Makes a move: changes the order and says what must be done. Without a move nothing happens.
    mutating func make(_ move: SagaMove?) -> SagaStep {
        var step = SagaStep()
        guard let move else { return step }
        step.isChange = true
        switch move {
        case .reserve:
            self.enter(.reserving, in: &step)
            self.stock = .reserving
            step.commands.append(.reserveStock)
        case .authorize:
            self.stock = .reserved
            self.enter(.authorizing, in: &step)
            self.payment = .authorizing
            step.commands.append(.authorizePayment)
        case .confirm:
            self.payment = .authorized
            self.enter(.confirmed, in: &step)
            step.facts.append(.confirmed)
        case .cancel(let reason, let detail):
            self.cancel(reason, detail: detail, in: &step)
        case .ship:
            self.ship(in: &step)
        case .deliver:
            self.deliver(in: &step)
        case .stock(let answer):
            self.stock = answer
            self.finishCancelling(in: &step)
        case .payment(let answer):
            self.payment = answer
            self.finishCancelling(in: &step)
        case .capture(let amount):
            self.payment = .captured
            self.captured = amount
        case .askForRefund(let refund, let amount):
            self.openRefunds[refund] = amount
            step.commands.append(.refundPayment(refund, amount: amount))
        case .refund(let refund, let amount):
            self.refund(refund, amount, in: &step)
        case .dropRefund(let refund):
            self.openRefunds[refund] = nil
        }
        return step
    }

    private mutating func enter(_ status: OrderStatus, detail: String? = nil, in step: inout SagaStep) {
        self.status = status
        step.entries.append(.init(status, detail: detail))
    }

    /// Gives back whatever was asked for. What was asked and not answered is given back too: its answer may be on its way.
    private mutating func cancel(_ reason: CancelReason, detail: String?, in step: inout SagaStep) {
        self.cancelReason = reason
        self.enter(.cancelling, detail: detail, in: &step)
        // Who has refused holds nothing.
        if reason == .outOfStock { self.stock = .rejected }
        if reason == .paymentDeclined { self.payment = .declined }
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

    private mutating func ship(in step: inout SagaStep) {
        self.enter(.shipped, in: &step)
        self.payment = .capturing
        self.stock = .committing
        step.commands += [.capturePayment, .commitStock]
        step.facts.append(.shipped)
    }

    private mutating func deliver(in step: inout SagaStep) {
        self.isDelivered = true
        step.entries.append(.init(.delivered))
        step.facts.append(.delivered)
        // What shows a refund goes on showing it.
        if self.status == .shipped { self.status = .delivered }
    }

    private mutating func refund(_ refund: RefundID, _ amount: Money, in step: inout SagaStep) {
        self.openRefunds[refund] = nil
        self.refunded = Money(amount: self.refunded.amount + amount.amount, currency: self.refunded.currency)
        let inFull = self.refunded.amount >= self.captured.amount
        self.enter(inFull ? .refunded : .partiallyRefunded, in: &step)
        step.facts.append(.refunded(refund, amount: amount, inFull: inFull))
    }
}
