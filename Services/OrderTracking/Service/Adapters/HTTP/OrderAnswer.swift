import Commerce
import Foundation
import HTTPTypes
import OrderTrackingDomain
import ServiceKit

/// The answers that are stored under an Idempotency-Key.
enum OrderAnswer {
    /// 201: the order as it was placed, with where to find it.
    static func placed(_ order: Order, lines: [OrderLine]) throws -> StoredResponse {
        let entry = TimelineEntry(number: 1, status: .placed, detail: nil, at: order.createdAt)
        let view = OrderView(order: order, lines: lines, timeline: [entry], shipment: nil, refunds: [])
        return try self.created(OrderJSON(view), location: "/v1/orders/\(order.id)")
    }

    /// Which order an answer of ``placed(_:lines:)`` is about.
    ///
    /// Its body says so: a repeated request has nothing but the stored answer, and the first one takes the same way.
    ///
    /// - Throws: `DecodingError` for any other answer.
    static func orderID(in answer: StoredResponse) throws -> OrderID {
        struct Placed: Decodable {
            var id: OrderID
        }
        return try JSONCoding.decoder.decode(Placed.self, from: Data(answer.body)).id
    }

    /// 201: the parcel.
    static func shipped(_ shipment: Shipment, order: OrderID) throws -> StoredResponse {
        try self.created(OrderJSON.Parcel(shipment), location: "/v1/orders/\(order)")
    }

    /// 201: the refund, asked for and not yet made.
    static func refundRequested(_ refund: Refund, order: OrderID) throws -> StoredResponse {
        try self.created(OrderJSON.Return(refund), location: "/v1/orders/\(order)")
    }

    private static func created(_ body: some Encodable, location: String) throws -> StoredResponse {
        try StoredResponse(body, status: .created, headers: [.location: location, .contentType: "application/json"])
    }
}
