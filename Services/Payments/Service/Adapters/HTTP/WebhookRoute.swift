package import Foundation
import HTTPTypes
package import Hummingbird
package import Logging
import Metrics
import NIOCore
package import ServiceKit

/// Where the provider tells of changes.
package struct WebhookRoute: Sendable {
    /// Where the signature is.
    package static let signatureHeader = "PSP-Signature"
    private static let bodyLimit = 64 * 1024

    private let verifier: WebhookVerifier
    private let intake: WebhookIntake
    private let logger: Logger
    private let now: @Sendable () -> Date

    package init(
        verifier: WebhookVerifier,
        intake: WebhookIntake,
        logger: Logger,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.verifier = verifier
        self.intake = intake
        self.logger = logger
        self.now = now
    }

    package func add(to router: Router<ShopRequestContext>) {
        router.post("/v1/payments/webhooks/psp") { request, _ in try await self.receive(request) }
    }

    /// Answers 204 only when the event is committed.
    private func receive(_ request: Request) async throws -> Response {
        let buffer = try await request.body.collect(upTo: Self.bodyLimit)
        let body = [UInt8](buffer.readableBytesView)
        let header = HTTPField.Name(Self.signatureHeader).flatMap { request.headers[$0] } ?? ""
        do {
            try self.verifier.verify(header: header, body: body, now: self.now())
        } catch {
            Counter(label: "payments_webhooks_total", dimensions: [("outcome", error.reason.rawValue)]).increment()
            self.logger.warning("Webhook refused", metadata: ["webhook.reason": "\(error.reason.rawValue)"])
            throw Problem(.badRequest, type: "webhook-signature", detail: "The signature is missing, wrong or too old.")
        }
        let event: WebhookEvent
        do {
            event = try JSONCoding.decoder.decode(WebhookEvent.self, from: Data(body))
        } catch {
            throw Problem(.badRequest, type: "malformed", detail: "The event cannot be read.")
        }
        guard event.isUsable else {
            throw Problem(.badRequest, type: "malformed", detail: "The event's names must have 1 to 255 characters and no NUL.")
        }
        let isNew = try await self.intake.take(event)
        Counter(label: "payments_webhooks_total", dimensions: [("outcome", isNew ? "taken" : "known")]).increment()
        return Response(status: .noContent)
    }
}
