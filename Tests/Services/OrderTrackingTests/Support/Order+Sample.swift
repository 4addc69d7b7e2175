import Commerce
import Foundation
import OrderTrackingDomain
import ServiceKit

@testable import OrderTrackingService

extension Order {
    /// An order that was placed just now, of one pound.
    static func sample() -> Order {
        let address = ShippingAddress(name: "Ann", line1: "1 Lane", line2: nil, city: "York", postcode: "Y1", country: "GB")
        return Order(
            id: .new(), accountID: .new(), checkoutID: .new(), paymentID: .new(), paymentMethodID: .new(), address: address,
            saga: OrderSaga(total: Money(amount: 100, currency: .gbp)), version: 1, checks: 0, createdAt: Date()
        )
    }
}
