import Commerce
import Foundation
import OrderTrackingDomain

/// An order: its saga and what belongs to it.
struct Order: Sendable {
    let id: OrderID
    let accountID: AccountID
    let checkoutID: CheckoutID
    let paymentID: PaymentID
    let paymentMethodID: PaymentMethodID
    let address: ShippingAddress
    var saga: OrderSaga
    /// Rises with every change.
    var version: Int64
    /// How often the unanswered commands of this step were sent again.
    var checks: Int
    let createdAt: Date
}
