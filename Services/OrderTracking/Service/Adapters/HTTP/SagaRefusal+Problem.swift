import HTTPTypes
public import OrderTrackingDomain
public import ServiceKit

/// How a refusal looks to the caller: a conflict with the order's state, or a refund that is too large.
extension SagaRefusal: ProblemConvertible {
    public var problem: Problem {
        if self.rule == .refundTooLarge {
            return Problem(
                .unprocessableContent, type: self.rule.rawValue, detail: self.detail,
                errors: [FieldError(pointer: "#/amount", detail: "is more than can still be refunded, or not positive")]
            )
        }
        return Problem(.conflict, type: self.rule.rawValue, detail: self.detail)
    }
}
