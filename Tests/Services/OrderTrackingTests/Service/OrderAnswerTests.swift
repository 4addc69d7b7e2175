import Commerce
import Foundation
import OrderTrackingDomain
import ServiceKit
import Testing

@testable import OrderTrackingService

@Suite struct OrderAnswerTests {
    private static func order() -> Order {
        let address = ShippingAddress(name: "Ann", line1: "1 Lane", line2: nil, city: "York", postcode: "Y1", country: "GB")
        return Order(
            id: .new(), accountID: .new(), checkoutID: .new(), paymentID: .new(), paymentMethodID: .new(), address: address,
            saga: OrderSaga(total: Money(amount: 100, currency: .gbp)), version: 1, checks: 0, createdAt: Date()
        )
    }

    @Test func bodyOfTheStoredAnswerSaysWhichOrderItIs() throws {
        let order = Self.order()
        var answer = try OrderAnswer.placed(order, lines: [])
        #expect(try OrderAnswer.orderID(in: answer) == order.id)
        // As it comes out of the store for a repeated request, wherever the order's address may have moved.
        answer.isReplay = true
        answer.headers["Location"] = "/elsewhere"
        #expect(try OrderAnswer.orderID(in: answer) == order.id)
    }

    @Test func answerAboutSomethingElseIsNotAnOrders() throws {
        let shipment = Shipment(id: .new(), carrier: "Caravan", trackingNumber: "1", createdAt: Date())
        let answer = try OrderAnswer.shipped(shipment, order: .new())
        #expect(throws: DecodingError.self) { try OrderAnswer.orderID(in: answer) }
    }
}
