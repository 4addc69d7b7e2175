import Auth
import Commerce
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import OrderTrackingDomain
import ServiceKit

/// `GET /v1/orders/{id}/events`: the order's timeline as server-sent events (WHATWG HTML, 9.2), live.
///
/// An event's id is the entry's number, so a client that comes back with `Last-Event-ID` misses nothing. The stream ends
/// when the order is over or after ``longest``; the browser then reconnects by itself.
struct OrderStreamController: Sendable {
    let store: any OrderStore
    let awaiting: AwaitOrder
    /// The longest life of one stream.
    var longest: Duration = .seconds(300)
    /// How often an idle stream says that it is alive.
    var heartbeat: Duration = .seconds(10)

    func addRoutes(to router: some RouterMethods<ShopRequestContext>) {
        router.get("/v1/orders/{id}/events", use: self.stream)
    }

    @Sendable func stream(_ request: Request, context: ShopRequestContext) async throws -> Response {
        let principal = try context.requirePrincipal()
        let id = try context.orderID()
        guard let view = try await self.store.view(id),
            view.order.accountID.rawValue == principal.accountID || principal.isStaff
        else { throw Problem.notFound("order") }
        let last = request.headers[.lastEventID].flatMap { Int($0) } ?? 0
        let body = ResponseBody { writer in
            try await self.write(id, after: last, to: &writer)
            try await writer.finish(nil)
        }
        let headers: HTTPFields = [
            .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store", .xAccelBuffering: "no",
        ]
        return Response(status: .ok, headers: headers, body: body)
    }

    @concurrent private func write(_ id: OrderID, after last: Int, to writer: inout any ResponseBodyWriter) async throws {
        let end = ContinuousClock.now + self.longest
        var last = last
        try await writer.write(ByteBuffer(string: "retry: 1000\n\n"))
        while ContinuousClock.now < end, !Task.isCancelled {
            let entries = try await self.awaiting.entries(of: id, after: last, within: self.heartbeat)
            if entries.isEmpty { try await writer.write(ByteBuffer(string: ": alive\n\n")) }
            for entry in entries {
                let json = OrderJSON.Entry(status: entry.status.rawValue, at: entry.at, detail: entry.detail)
                let data = String(decoding: try JSONCoding.encoder.encode(json), as: UTF8.self)
                try await writer.write(ByteBuffer(string: "id: \(entry.number)\nevent: timeline\ndata: \(data)\n\n"))
                last = entry.number
            }
            if let status = entries.last?.status, status.isTerminal { return }
        }
    }
}

extension HTTPField.Name {
    /// Where a reconnecting event stream goes on.
    static let lastEventID = HTTPField.Name("Last-Event-ID")!
    /// Asks proxies not to collect the stream.
    static let xAccelBuffering = HTTPField.Name("X-Accel-Buffering")!
    /// Which preferences were followed (RFC 7240).
    static let preferenceApplied = HTTPField.Name("Preference-Applied")!
}
