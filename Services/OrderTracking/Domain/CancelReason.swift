/// Why an order was cancelled.
public enum CancelReason: String, Hashable, Sendable, CaseIterable {
    case outOfStock = "out_of_stock"
    case paymentDeclined = "payment_declined"
    case customer
    /// A step was not answered within its deadline.
    case timeout
}
