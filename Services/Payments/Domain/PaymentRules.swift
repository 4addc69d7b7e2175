import Commerce

/// The rules of a payment: which command is admissible when, and what the provider's outcome makes of it.
public enum PaymentRules {
    /// Decides a command.
    ///
    /// - Parameters:
    ///   - command: What is wanted.
    ///   - payment: The order's payment, if there is one.
    ///   - isBusy: An earlier command of the payment is still open or waits.
    ///   - hasMethod: The payment method exists and is the customer's own. Only an authorization looks at it.
    public static func decide(
        _ command: PaymentCommand,
        on payment: Payment?,
        isBusy: Bool,
        hasMethod: Bool
    ) -> PaymentDecision {
        guard !isBusy else { return PaymentDecision(payment, .queue) }
        guard let payment else { return self.begin(command, hasMethod: hasMethod) }
        switch command.action {
        case .authorize(let amount): return self.authorizeAgain(amount, payment)
        case .capture(let amount): return self.capture(amount, payment)
        case .void: return self.void(payment)
        case .refund(let id, let amount): return self.refund(id, amount, payment)
        }
    }

    /// The first command of an order.
    private static func begin(_ command: PaymentCommand, hasMethod: Bool) -> PaymentDecision {
        func payment(_ status: PaymentStatus, _ amount: Money) -> Payment {
            Payment(id: command.paymentID, orderID: command.orderID, status: status, amount: amount)
        }
        switch command.action {
        case .authorize(let amount) where amount.amount <= 0:
            let nothing = Money.zero(amount.currency)
            return PaymentDecision(payment(.declined, nothing), .reply(.declined(reason: DeclineReason.invalidAmount)))
        case .authorize(let amount) where !hasMethod:
            return PaymentDecision(payment(.declined, amount), .reply(.declined(reason: DeclineReason.unknownPaymentMethod)))
        case .authorize(let amount):
            return PaymentDecision(payment(.authorizing, amount), .call(ProviderRequest(.authorize, amount: amount)))
        case .void:
            // A tombstone: an authorization that arrives later finds it and is refused.
            return PaymentDecision(payment(.voided, .zero(.gbp)), .reply(.voided))
        case .capture:
            return PaymentDecision(nil, .reply(.failed(.capture, reason: "payment_unknown")))
        case .refund(let id, _):
            return PaymentDecision(nil, .reply(.failed(.refund, reason: "payment_unknown", refundID: id)))
        }
    }

    /// An order is paid once: another authorization hears what became of the first.
    private static func authorizeAgain(_ amount: Money, _ payment: Payment) -> PaymentDecision {
        switch payment.status {
        case .authorized where payment.amount == amount:
            PaymentDecision(payment, .reply(.authorized(amount)))
        case .voided:
            PaymentDecision(payment, .reply(.declined(reason: DeclineReason.voided)))
        default:
            PaymentDecision(payment, .reply(.declined(reason: "payment_\(payment.status.rawValue)")))
        }
    }

    private static func capture(_ amount: Money, _ payment: Payment) -> PaymentDecision {
        func failed(_ reason: String) -> PaymentDecision {
            PaymentDecision(payment, .reply(.failed(.capture, reason: reason)))
        }
        switch payment.status {
        case .captured where payment.captured == amount:
            return PaymentDecision(payment, .reply(.captured(amount)))
        case .authorized:
            guard amount.currency == payment.amount.currency else { return failed("currency_mismatch") }
            guard amount.amount > 0 else { return failed("invalid_amount") }
            guard amount.amount <= payment.amount.amount else { return failed("amount_too_large") }
            return PaymentDecision(payment, .call(ProviderRequest(.capture, amount: amount)))
        default:
            return failed("payment_\(payment.status.rawValue)")
        }
    }

    private static func void(_ payment: Payment) -> PaymentDecision {
        switch payment.status {
        case .authorized:
            PaymentDecision(payment, .call(ProviderRequest(.void, amount: payment.amount)))
        case .declined, .voided:
            // Nothing is held, which is what a void is for.
            PaymentDecision(payment, .reply(.voided))
        case .authorizing, .captured, .partiallyRefunded, .refunded, .failed:
            PaymentDecision(payment, .reply(.failed(.void, reason: "payment_\(payment.status.rawValue)")))
        }
    }

    private static func refund(_ id: RefundID, _ amount: Money, _ payment: Payment) -> PaymentDecision {
        func failed(_ reason: String) -> PaymentDecision {
            PaymentDecision(payment, .reply(.failed(.refund, reason: reason, refundID: id)))
        }
        guard payment.status == .captured || payment.status == .partiallyRefunded else {
            return failed("payment_\(payment.status.rawValue)")
        }
        guard amount.currency == payment.amount.currency else { return failed("currency_mismatch") }
        guard amount.amount > 0 else { return failed("invalid_amount") }
        guard amount.amount <= payment.refundable else { return failed("amount_too_large") }
        return PaymentDecision(payment, .call(ProviderRequest(.refund, amount: amount, refundID: id)))
    }
}
