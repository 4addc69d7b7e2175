import Foundation
import Testing

extension SystemTests {
    @Suite struct FulfilmentTests {
        private func confirmedOrder(_ staff: Staff, price: Int64 = 500) async throws -> (shopper: Shopper, id: String, sku: String) {
            let sku = try await staff.product(price: price, stock: 5)
            let shopper = try await Shopper.register()
            let id = try await shopper.buy(sku, 2)
            try await shopper.await(id, "confirmed")
            return (shopper, id, sku)
        }

        /// A parcel leaves at once; the money follows it.
        private func ship(_ id: String, of shopper: Shopper, _ staff: Staff) async throws {
            #expect(try await staff.ship(id).status == 201)
            try await shopper.await(id, "shipped")
            _ = try await poll("the payment is captured") {
                try await shopper.order(id)["captured"].amount == 1_000 ? true : nil
            }
        }

        @Test func customerCancelsBeforeShipping() async throws {
            let staff = try await Staff.logIn()
            let (shopper, id, sku) = try await self.confirmedOrder(staff)
            #expect(try await shopper.http.post("/v1/orders/\(id)/cancel").status == 202)
            let order = try await shopper.await(id, "cancelled")
            #expect(order["cancel_reason"].string == "customer")
            _ = try await poll("the stock is back") { try await staff.available(sku) == 5 ? true : nil }
            #expect(try await staff.ship(id).status == 409)
            let payment = try await shopper.payment(of: id)
            #expect(payment["captured"].amount == 0)
        }

        @Test func shipmentCapturesAndEndsCancelling() async throws {
            let staff = try await Staff.logIn()
            let (shopper, id, _) = try await self.confirmedOrder(staff)
            try await self.ship(id, of: shopper, staff)
            let payment = try await shopper.payment(of: id)
            #expect(payment["authorized"].amount == 1_000)
            #expect(try await shopper.http.post("/v1/orders/\(id)/cancel").status == 409)
        }

        @Test func shippedOrderIsDelivered() async throws {
            let staff = try await Staff.logIn()
            let (shopper, id, _) = try await self.confirmedOrder(staff)
            #expect(try await staff.deliver(id).status == 409)
            try await self.ship(id, of: shopper, staff)
            #expect(try await staff.deliver(id).status == 200)
            try await shopper.await(id, "delivered")
        }

        @Test func refundRightAfterTheShipmentFollowsTheCapture() async throws {
            let staff = try await Staff.logIn()
            let (shopper, id, _) = try await self.confirmedOrder(staff)
            #expect(try await staff.ship(id).status == 201)
            let refund = try await staff.refund(id, nil)
            #expect(refund.status == 201, "\(refund.text)")
            try await shopper.await(id, "refunded")
            let payment = try await shopper.payment(of: id)
            #expect(payment["captured"].amount == 1_000)
            #expect(payment["refunded"].amount == 1_000)
        }

        @Test func partAndThenTheRestAreRefunded() async throws {
            let staff = try await Staff.logIn()
            let (shopper, id, _) = try await self.confirmedOrder(staff)
            try await self.ship(id, of: shopper, staff)
            #expect(try await staff.refund(id, 300).status == 201)
            try await shopper.await(id, "partially_refunded")
            #expect(try await shopper.payment(of: id)["refunded"].amount == 300)
            #expect(try await shopper.payment(of: id)["captured"].amount == 1_000)
            #expect([409, 422].contains(try await staff.refund(id, 701).status))
            #expect(try await staff.refund(id, nil).status == 201)
            try await shopper.await(id, "refunded")
            #expect(try await shopper.payment(of: id)["refunded"].amount == 1_000)
            #expect([409, 422].contains(try await staff.refund(id, 1).status))
        }

        @Test func refundIsGivenOncePerKey() async throws {
            let staff = try await Staff.logIn()
            let (shopper, id, _) = try await self.confirmedOrder(staff)
            try await self.ship(id, of: shopper, staff)
            let key = UUID().uuidString
            #expect(try await staff.refund(id, 100, key: nil).status == 428)
            #expect(try await staff.refund(id, 100, key: key).status == 201)
            #expect(try await staff.refund(id, 100, key: key).status == 201)
            try await shopper.await(id, "partially_refunded")
            #expect(try await shopper.payment(of: id)["refunded"].amount == 100)
        }

        @Test func unpaidOrderCannotBeRefunded() async throws {
            let staff = try await Staff.logIn()
            let (_, id, _) = try await self.confirmedOrder(staff)
            #expect(try await staff.refund(id, 100).status == 409)
        }
    }
}
