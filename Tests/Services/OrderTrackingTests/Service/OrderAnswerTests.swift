import Commerce
import Foundation
import OrderTrackingDomain
import ServiceKit
import Testing

@testable import OrderTrackingService

@Suite struct OrderAnswerTests {
    @Test func bodyOfTheStoredAnswerSaysWhichOrderItIs() throws {
        let order = Order.sample()
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
