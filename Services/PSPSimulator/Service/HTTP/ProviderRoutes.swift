import Crypto
package import Foundation
import HTTPTypes
package import Hummingbird
import NIOCore
import ServiceKit

/// The provider's HTTP API.
package struct ProviderRoutes: Sendable {
    /// The largest body that is read.
    private static let bodyLimit = 64 * 1024

    private let provider: Provider
    let journal: Journal
    private let configuration: PSPSimulatorConfiguration
    private let now: @Sendable () -> Date

    /// - Parameter now: The time of day, for expiry dates and the journal.
    package init(
        provider: Provider,
        journal: Journal,
        configuration: PSPSimulatorConfiguration,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.provider = provider
        self.journal = journal
        self.configuration = configuration
        self.now = now
    }

    /// Adds the routes.
    package func add(to router: Router<some RequestContext>) {
        let routes = router.group("v1")
        routes.post("payment_methods") { request, _ in
            try await self.command(request) { body in
                .createPaymentMethod(try Self.decode(PaymentMethodRequest.self, body).card)
            }
        }
        routes.post("payment_intents") { request, _ in
            try await self.command(request) { .authorize(try Self.authorization($0)) }
        }
        routes.post("payment_intents/{id}/capture") { request, context in
            let id = try context.parameters.require("id")
            return try await self.command(request) { body in
                .capture(intent: id, amount: body.isEmpty ? nil : try Self.decode(AmountRequest.self, body).amount)
            }
        }
        routes.post("payment_intents/{id}/cancel") { request, context in
            let id = try context.parameters.require("id")
            return try await self.command(request) { _ in .void(intent: id) }
        }
        routes.post("refunds") { request, _ in
            try await self.command(request) { body in
                let refund = try Self.decode(RefundRequest.self, body)
                return .refund(intent: refund.paymentIntent, amount: refund.amount)
            }
        }
        self.addQueries(to: routes)
    }

    private func addQueries(to routes: RouterGroup<some RequestContext>) {
        routes.get("payment_intents") { request, _ in
            try await self.authorized(request) {
                guard let order = request.uri.queryParameters.get("order_id") else {
                    return try Self.response(.refused(.invalid("parameter_missing", "order_id is missing.")))
                }
                let intents = try await self.provider.intents(ofOrder: order)
                return try Self.json(ListView(data: intents.map(IntentView.init)))
            }
        }
        routes.get("payment_intents/{id}") { request, context in
            let id = try context.parameters.require("id")
            return try await self.authorized(request) {
                let intent = try await self.provider.intent(id)
                return try Self.response(intent.map(ProviderAnswer.intent) ?? .refused(.notFound("payment intent")))
            }
        }
        routes.get("journal") { request, _ in
            try await self.authorized(request) { try await self.journalResponse(request) }
        }
    }

    // MARK: - Commands

    private func command(
        _ request: Request,
        _ operation: (Data) throws -> ProviderCommand.Operation
    ) async throws -> Response {
        try await self.authorized(request) {
            let body = Data((try await request.body.collect(upTo: Self.bodyLimit)).readableBytesView)
            let key = request.headers[.idempotencyKey]
            guard key.map({ (1...255).contains($0.utf8.count) }) ?? true else {
                return try Self.response(.refused(.invalid("idempotency_key_invalid", "An Idempotency-Key has 1 to 255 characters.")))
            }
            let command: ProviderCommand
            do {
                command = self.make(try operation(body), key: key, request: request, body: body)
            } catch {
                return try Self.response(.refused(.invalid("body_invalid", "The body cannot be read.")))
            }
            let decision = try await self.provider.execute(command)
            return try await self.deliver(decision)
        }
    }

    private func make(_ operation: ProviderCommand.Operation, key: String?, request: Request, body: Data) -> ProviderCommand {
        let now = self.now()
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month], from: now)
        return ProviderCommand(
            operation,
            key: key,
            fingerprint: self.fingerprint(request, body),
            at: now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)),
            today: YearMonth(year: parts.year ?? 0, month: parts.month ?? 0),
            freshID: Hex.encode((0..<12).map { _ in UInt8.random(in: .min ... .max) })
        )
    }

    /// Under the API key: a plain digest of a body with a card number in it could be guessed back.
    private func fingerprint(_ request: Request, _ body: Data) -> String {
        var text = Data("\(request.method.rawValue) \(request.uri.path)\n".utf8)
        text.append(body)
        let key = SymmetricKey(data: Data(self.configuration.apiKey.utf8))
        return Hex.encode(HMAC<SHA256>.authenticationCode(for: text, using: key))
    }

    private func deliver(_ decision: ProviderDecision) async throws -> Response {
        let response = try Self.response(decision.answer)
        switch decision.delivery {
        case .normal:
            return response
        case .slow:
            try await Task.sleep(for: self.configuration.slowCardDelay)
            return response
        case .lost:
            switch self.configuration.lostAnswer {
            case .delay(let delay):
                try await Task.sleep(for: delay)
                return response
            case .drop:
                // A body that fails before its first byte closes the connection under the client.
                return Response(
                    status: .ok,
                    headers: response.headers,
                    body: ResponseBody(contentLength: response.body.contentLength) { _ in throw AnswerLost() }
                )
            }
        }
    }

    private static func authorization(_ body: Data) throws -> ProviderCommand.Authorization {
        let request = try Self.decode(IntentRequest.self, body)
        return ProviderCommand.Authorization(
            amount: request.amount,
            currency: request.currency,
            paymentMethod: request.paymentMethod,
            orderID: request.metadata?["order_id"],
            paymentID: request.metadata?["payment_id"]
        )
    }

    private static func decode<Body: Decodable>(_ type: Body.Type, _ body: Data) throws -> Body {
        try JSONDecoder().decode(type, from: body)
    }

    // MARK: - Answers

    private func authorized(_ request: Request, _ body: () async throws -> Response) async throws -> Response {
        let expected = SHA256.hash(data: Data("Bearer \(self.configuration.apiKey)".utf8))
        // Digests are compared in constant time by the library.
        guard SHA256.hash(data: Data((request.headers[.authorization] ?? "").utf8)) == expected else {
            let refusal = ProviderRefusal(
                status: 401, type: "invalid_request_error", code: "api_key_invalid", message: "No such API key."
            )
            return try Self.response(.refused(refusal))
        }
        return try await body()
    }

    private static func response(_ answer: ProviderAnswer) throws -> Response {
        let (status, body) = try answer.json()
        return Self.response(status: status, body, contentType: "application/json")
    }

    private static func json(_ body: some Encodable) throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Self.response(status: 200, try encoder.encode(body), contentType: "application/json")
    }

    private static func response(status: Int, _ body: Data, contentType: String) -> Response {
        Response(
            status: HTTPResponse.Status(code: status),
            headers: [.contentType: contentType],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body))
        )
    }
}

/// Ends a connection on purpose.
private struct AnswerLost: Error {}
