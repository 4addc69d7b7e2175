package import AsyncHTTPClient
import Commerce
import Foundation
import NIOCore
import NIOHTTP1
package import PaymentsDomain
package import Resilience
import ServiceKit

/// The provider over HTTP, guarded by timeouts, a retry budget and a breaker.
///
/// Every request that does something carries an Idempotency-Key, so it may be sent again: at once a few times here, and
/// later by whoever keeps the intent.
package struct PSPGateway: PaymentGateway {
    /// The provider's name in metrics.
    package static let target = "psp"

    private static let bodyLimit = 1024 * 1024

    private let configuration: PSPConfiguration
    private let client: HTTPClient
    private let policy: CallPolicy

    /// - Parameters:
    ///   - observer: Hears of retries and refusals.
    ///   - breakerObserver: Hears of the breaker's changes.
    package init(
        configuration: PSPConfiguration,
        client: HTTPClient,
        observer: any CallObserver = NoOpCallObserver(),
        breakerObserver: any CallObserver = NoOpCallObserver()
    ) {
        self.configuration = configuration
        self.client = client
        self.policy = CallPolicy(
            target: Self.target,
            timeout: configuration.callTimeout,
            retry: RetryPolicy(maximumAttempts: 3, backoff: Backoff(base: .milliseconds(50), maximum: .seconds(1))),
            budget: RetryBudget(),
            breaker: CircuitBreaker(target: Self.target, observer: breakerObserver),
            observer: observer
        )
    }

    package func register(_ card: CardDetails, key: String) async throws -> ProviderMethod {
        let answer = try await self.send(.POST, "/v1/payment_methods", PSPCardRequest(card: card), key: key)
        guard answer.isSuccess else { throw GatewayError(.refused, reason: try answer.errorCode()) }
        return try answer.decode(ProviderMethod.self)
    }

    package func perform(_ call: ProviderCall, _ operation: ProviderOperation) async throws -> GatewayAnswer {
        switch operation {
        case .authorize:
            let body = PSPIntentRequest(
                amount: call.amount.amount,
                currency: call.amount.currency.code,
                paymentMethod: call.providerToken ?? "",
                metadata: ["order_id": call.orderID, "payment_id": call.paymentID]
            )
            return try await self.intentAnswer(self.send(.POST, "/v1/payment_intents", body, key: call.id))
        case .capture:
            let path = "/v1/payment_intents/\(call.providerIntent ?? "")/capture"
            return try await self.intentAnswer(self.send(.POST, path, PSPAmountRequest(amount: call.amount.amount), key: call.id))
        case .void:
            let path = "/v1/payment_intents/\(call.providerIntent ?? "")/cancel"
            return try await self.intentAnswer(self.send(.POST, path, nil, key: call.id))
        case .refund:
            let body = PSPRefundRequest(paymentIntent: call.providerIntent ?? "", amount: call.amount.amount)
            let answer = try await self.send(.POST, "/v1/refunds", body, key: call.id)
            guard answer.isSuccess else { return GatewayAnswer(.refused(code: try answer.errorCode())) }
            return GatewayAnswer(.done, reference: try answer.decode(PSPRefund.self).id)
        }
    }

    package func intent(_ id: String) async throws -> ProviderView? {
        let answer = try await self.send(.GET, "/v1/payment_intents/\(id)", nil, key: nil)
        if answer.status == 404 { return nil }
        guard answer.isSuccess else { throw GatewayError(.outcomeUnknown, reason: try answer.errorCode()) }
        let intent = try answer.decode(PSPIntent.self)
        guard let status = ProviderView.Status(rawValue: intent.status) else {
            throw GatewayError(.outcomeUnknown, reason: "unknown status")
        }
        return ProviderView(status: status, captured: intent.amountCaptured, refunded: intent.amountRefunded)
    }

    private func intentAnswer(_ answer: PSPAnswer) throws -> GatewayAnswer {
        guard answer.isSuccess else { return GatewayAnswer(.refused(code: try answer.errorCode())) }
        let intent = try answer.decode(PSPIntent.self)
        guard intent.status == "declined" else { return GatewayAnswer(.done, reference: intent.id) }
        return GatewayAnswer(.declined(code: intent.declineCode ?? "generic_decline"), reference: intent.id)
    }

    func send(
        _ method: HTTPMethod,
        _ path: String,
        _ body: (any Encodable & Sendable)?,
        key: String?
    ) async throws -> PSPAnswer {
        var request = HTTPClientRequest(url: self.configuration.url + path)
        request.method = method
        request.headers.add(name: "Authorization", value: "Bearer \(self.configuration.apiKey)")
        request.headers.add(name: "Accept", value: "application/json")
        if let key { request.headers.add(name: "Idempotency-Key", value: key) }
        if let body {
            let encoder = JSONEncoder()
            // The same bytes at every try: the provider compares them under one key.
            encoder.outputFormatting = .sortedKeys
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: try encoder.encode(body)))
        }
        let ready = request
        return try await call(self.policy, isSafeToRetry: true, classify: Self.classify) { attempt in
            try await self.exchange(ready, deadline: attempt.deadline)
        }
    }

    private func exchange(_ request: HTTPClientRequest, deadline: Deadline?) async throws -> PSPAnswer {
        let timeout = min(self.configuration.requestTimeout, deadline?.remaining ?? self.configuration.requestTimeout)
        let response: HTTPClientResponse
        let body: ByteBuffer
        do {
            (response, body) = try await self.client.exchange(request, within: timeout, bodyLimit: Self.bodyLimit)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            // The request may have arrived. Names what broke; these errors hold nothing of the request.
            throw GatewayError(.outcomeUnknown, reason: "\(error)")
        }
        let status = Int(response.status.code)
        switch status {
        case 200..<300, 400, 402, 404, 409, 422:
            return PSPAnswer(status: status, body: [UInt8](body.readableBytesView))
        case 429:
            let seconds = response.headers.first(name: "Retry-After").flatMap { Int($0) }
            throw GatewayError(.overloaded, reason: "429", retryAfter: seconds.map { .seconds($0) })
        default:
            // 401 and 403 are our own mistake, and no reason to tell a customer that the card was refused.
            throw GatewayError(.outcomeUnknown, reason: "\(status)")
        }
    }

    @Sendable private static func classify(_ error: any Error) -> CallOutcome {
        guard let error = error as? GatewayError else { return .transient }
        return error.code == .overloaded ? .overloaded(retryAfter: error.retryAfter) : .transient
    }
}
