public import Commerce

extension OrderSaga {
    /// A new order.
    public init(total: Money) {
        self.init(
            status: .placed, stock: .notAsked, payment: .notAsked, cancelReason: nil, isDelivered: false, total: total,
            captured: .zero(total.currency), refunded: .zero(total.currency), openRefunds: [:]
        )
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

    /// What can still be asked for as a refund: what was taken or is being taken, less what was refunded or is being refunded.
    public var refundable: Money {
        let taken = self.payment == .capturing ? self.total : self.captured
        let open = self.openRefunds.values.reduce(0) { $0 + $1.amount }
        return Money(amount: taken.amount - self.refunded.amount - open, currency: self.total.currency)
    }

    /// Whether payments has been asked for this refund and has not answered.
    func isOpen(_ refund: RefundID) -> Bool { self.openRefunds[refund] != nil }

    /// Whether the carrier has it and has not delivered it. A parcel can be refunded on its way.
    var isOnItsWay: Bool {
        let isShipped = self.status == .shipped || self.status == .partiallyRefunded || self.status == .refunded
        return isShipped && !self.isDelivered
    }

    /// Whether there is money to be given back. While it is being captured a refund may be asked for as well: payments does
    /// one thing of an order after the other, so the refund waits there for the capture, and fails if that fails.
    var isPaid: Bool { self.payment == .captured || self.payment == .capturing }

    /// Whether this much may be given back now.
    func isRefundable(_ amount: Money) -> Bool {
        self.isPaid && amount.currency == self.total.currency && amount.amount > 0 && amount.amount <= self.refundable.amount
    }
}
