public import Commerce

/// What the saga asks of another service. Every command is answered, or undone by another one.
public enum SagaCommand: Hashable, Sendable {
    case reserveStock
    case releaseStock
    case commitStock
    case authorizePayment
    case voidPayment
    case capturePayment
    case refundPayment(RefundID, amount: Money)

    /// The command's identity: the same whenever it is sent again, so that doing it twice is harmless.
    public func id(for order: OrderID) -> CommandID {
        switch self {
        case .reserveStock: .derived(from: order, step: "reserve")
        case .releaseStock: .derived(from: order, step: "release")
        case .commitStock: .derived(from: order, step: "commit")
        case .authorizePayment: .derived(from: order, step: "authorize")
        case .voidPayment: .derived(from: order, step: "void")
        case .capturePayment: .derived(from: order, step: "capture")
        case .refundPayment(let refund, _): .derived(from: refund, step: "refund")
        }
    }
}
