import Commerce

extension PaymentRules {
    /// Applies the provider's outcome of a call.
    ///
    /// - Parameters:
    ///   - request: The call that was made.
    ///   - outcome: What the provider said. Asked again with the same key it says the same.
    ///   - payment: The payment as it stands; only this call was open for it.
    public static func settle(
        _ request: ProviderRequest,
        _ outcome: ProviderOutcome,
        on payment: Payment
    ) -> PaymentSettlement {
        switch outcome {
        case .done: self.done(request, payment)
        case .declined(let code): self.refused(request, code: code, wasDeclined: true, payment)
        case .refused(let code): self.refused(request, code: code, wasDeclined: false, payment)
        }
    }

    private static func done(_ request: ProviderRequest, _ payment: Payment) -> PaymentSettlement {
        var payment = payment
        switch request.operation {
        case .authorize:
            payment.status = .authorized
            return PaymentSettlement(payment, .authorized(request.amount), ledger: .authorization(of: payment))
        case .capture:
            payment.status = .captured
            payment.captured = request.amount
            return PaymentSettlement(payment, .captured(request.amount), ledger: .capture(of: payment))
        case .void:
            payment.status = .voided
            return PaymentSettlement(payment, .voided, ledger: .void(of: payment))
        case .refund:
            // Cannot overflow: the sum is at most what was captured.
            let refunded = Money(amount: payment.refunded.amount + request.amount.amount, currency: payment.amount.currency)
            payment.refunded = refunded
            payment.status = payment.refundable == 0 ? .refunded : .partiallyRefunded
            guard let id = request.refundID else {
                return PaymentSettlement(payment, .failed(.refund, reason: "refund_without_id"))
            }
            return PaymentSettlement(payment, .refunded(id, request.amount), ledger: .refund(id, request.amount, of: payment))
        }
    }

    private static func refused(
        _ request: ProviderRequest,
        code: String,
        wasDeclined: Bool,
        _ payment: Payment
    ) -> PaymentSettlement {
        var payment = payment
        switch request.operation {
        case .authorize:
            let isDecline = wasDeclined || code == "resource_missing"
            payment.status = .declined
            let reason = isDecline ? DeclineReason.mapping(code) : DeclineReason.providerRefused
            return PaymentSettlement(payment, .declined(reason: reason))
        case .capture, .void:
            payment.status = .failed
            return PaymentSettlement(payment, .failed(request.operation, reason: code))
        case .refund:
            // What was captured stays so; the refund alone failed.
            return PaymentSettlement(payment, .failed(.refund, reason: code, refundID: request.refundID))
        }
    }
}
