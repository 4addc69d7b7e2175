import Commerce
import Foundation
import HTTPTypes
import Hummingbird
import OrderTrackingDomain
import ServiceKit

/// The staff's routes under `/v1/orders`: shipments, delivery, refunds.
struct StaffOrdersController: Sendable {
    private struct ShipmentRequest: Decodable {
        var carrier: String
        var tracking_number: String
    }

    private struct RefundRequest: Decodable {
        var amount: Money?
        var reason: String
    }

    let change: ChangeOrder
    let store: any OrderStore

    func addRoutes(to router: some RouterMethods<ShopRequestContext>) {
        router.post("/v1/orders/{id}/shipments", use: self.ship)
        router.post("/v1/orders/{id}/delivery", use: self.deliver)
        router.post("/v1/orders/{id}/refunds", use: self.refund)
    }

    @Sendable func ship(_ request: Request, context: ShopRequestContext) async throws -> Response {
        try context.requireStaff()
        let id = try context.orderID()
        let body = try await request.jsonBody(context: context)
        let input = try body.decode(ShipmentRequest.self)
        try Self.check(["#/carrier": input.carrier, "#/tracking_number": input.tracking_number])
        let key = try IdempotencyKey(request: request, context: context, body: body.bytes, required: false)
        let shipment = Shipment(id: .new(), carrier: input.carrier, trackingNumber: input.tracking_number, createdAt: Date())
        return try await self.change.ship(id, shipment: shipment, key: key).response()
    }

    @Sendable func deliver(_ request: Request, context: ShopRequestContext) async throws -> Response {
        try context.requireStaff()
        let id = try context.orderID()
        try await self.change.deliver(id)
        guard let view = try await self.store.view(id) else { throw Problem.notFound("order") }
        return try JSONCoding.response(OrderJSON(view))
    }

    @Sendable func refund(_ request: Request, context: ShopRequestContext) async throws -> Response {
        try context.requireStaff()
        let id = try context.orderID()
        let body = try await request.jsonBody(context: context)
        let key = try IdempotencyKey(requiredBy: request, context: context, body: body.bytes)
        let input = try body.decode(RefundRequest.self)
        try Self.check(["#/reason": input.reason])
        return try await self.change.refund(id, amount: input.amount, reason: input.reason, key: key).response()
    }

    private static func check(_ texts: [String: String]) throws {
        let errors = texts.sorted { $0.key < $1.key }.compactMap { pointer, text -> FieldError? in
            if text.allSatisfy(\.isWhitespace) { return FieldError(pointer: pointer, detail: "must not be empty") }
            if text.unicodeScalars.count > 500 { return FieldError(pointer: pointer, detail: "may have 500 characters at most") }
            if text.unicodeScalars.contains("\0") { return FieldError(pointer: pointer, detail: "must not contain control characters") }
            return nil
        }
        guard errors.isEmpty else { throw Problem.invalid(errors) }
    }
}
