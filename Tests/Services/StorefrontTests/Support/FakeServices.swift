import Foundation
import HTTPTypes
import NIOCore
import Resilience
import Synchronization

@testable import StorefrontService

/// The five services as the storefront sees them, in memory: enough of their rules to shop with, and faults on demand.
final class FakeServices: APITransport {
    struct State {
        var products: [String: (name: String, description: String, price: Int, available: Int)] = [
            "LANTERN-BRASS": ("Brass courtyard lantern", "Throws stars on the wall.", 3_495, 40),
            "TEA-GLASSES": ("Tea glasses, set of six", "With a gold rim.", 1_895, 2),
            "SOLD-OUT": ("Carpet that flies", "Gone.", 99_900, 0),
        ]
        var carts: [String: [String: Int]] = [:]
        /// The products whose prices cart does not know, and what it says of the other prices.
        var unpriced: Set<String> = []
        var prices = "current"
        var accounts: [String: (password: String, name: String, isStaff: Bool)] = ["staff@souk.example": ("staff password", "Staff", true)]
        /// E-mail addresses by access token, and by refresh token with the key it was used under.
        var access: [String: String] = [:]
        var refresh: [String: (email: String, key: String?, next: String?)] = [:]
        var endedFamilies: Set<String> = []
        var methods: [String: String] = [:]
        var orders: [String: (email: String, status: String, total: Int)] = [:]
        var answersByKey: [String: String] = [:]
        var down: Set<APIService> = []
        var requests: [(service: APIService, request: APIRequest)] = []
        var count = 0
        var accessLifetime = 900
        var events: [String] = []

        mutating func number() -> Int {
            self.count += 1
            return self.count
        }
    }

    struct Down: Error {}

    let state = Mutex(State())

    func change(_ body: (inout State) -> Void) { self.state.withLock { body(&$0) } }

    func requests(_ service: APIService, _ method: HTTPRequest.Method, _ path: String) -> [APIRequest] {
        self.state.withLock { $0.requests }.filter {
            $0.service == service && $0.request.method == method && $0.request.path.hasPrefix(path)
        }
        .map(\.request)
    }

    func send(_ request: APIRequest, to service: APIService, deadline: Deadline) async throws -> APIAnswer {
        try self.state.withLock { state in
            state.requests.append((service, request))
            if state.down.contains(service) { throw Down() }
            let parts = request.path.split(separator: "?")[0].split(separator: "/").map(String.init)
            let body = request.body.flatMap { try? JSONSerialization.jsonObject(with: Data($0)) as? [String: Any] } ?? [:]
            switch service {
            case .login: return state.login(request, parts, body)
            case .catalog: return state.catalog(request, parts)
            case .cart: return state.cart(request, parts, body)
            case .payments: return state.payments(request, body)
            case .orders: return state.orders(request, parts, body)
            }
        }
    }

    func open(_ request: APIRequest, at service: APIService, deadline: Deadline) async throws -> APIStream {
        let events = try self.state.withLock { state in
            state.requests.append((service, request))
            if state.down.contains(service) { throw Down() }
            return state.events
        }
        let chunks = AsyncThrowingStream<ByteBuffer, any Error> { continuation in
            for event in events { continuation.yield(ByteBuffer(string: event)) }
            continuation.finish()
        }
        return APIStream(status: 200, headers: [.contentType: "text/event-stream"], chunks: chunks)
    }
}
