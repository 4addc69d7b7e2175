import Commerce
import Contracts
import Events
import OrderTrackingDomain
import Postgres

/// Hears what catalog and payments answer and moves the order in the transaction that moves the cursor.
struct SagaReplyHandler: EventHandler {
    let runner: SagaRunner

    let handledTypes: Set<String> = [
        Souk_Events_V1_StockReserved.eventType, Souk_Events_V1_StockRejected.eventType, Souk_Events_V1_StockReleased.eventType,
        Souk_Events_V1_StockCommitted.eventType, Souk_Events_V1_PaymentAuthorized.eventType,
        Souk_Events_V1_PaymentDeclined.eventType, Souk_Events_V1_PaymentVoided.eventType,
        Souk_Events_V1_PaymentCaptured.eventType, Souk_Events_V1_PaymentRefunded.eventType,
        Souk_Events_V1_PaymentFailed.eventType,
    ]

    func handle(_ event: EventEnvelope, in transaction: PostgresTransaction) async throws {
        guard let (order, reply) = try self.reply(event) ?? self.paymentReply(event) else { return }
        try await self.runner.apply(reply, to: try OrderID(order), in: transaction)
    }

    private func reply(_ event: EventEnvelope) throws -> (order: String, reply: SagaReply)? {
        switch event.type {
        case Souk_Events_V1_StockReserved.eventType:
            return (try event.decode(Souk_Events_V1_StockReserved.self).orderID, .stockReserved)
        case Souk_Events_V1_StockRejected.eventType:
            let message = try event.decode(Souk_Events_V1_StockRejected.self)
            let detail = message.shortages.map { "\($0.sku): \($0.wanted) wanted, \($0.available) available" }
            return (message.orderID, .stockRejected(detail: detail.joined(separator: "; ")))
        case Souk_Events_V1_StockReleased.eventType:
            return (try event.decode(Souk_Events_V1_StockReleased.self).orderID, .stockReleased)
        case Souk_Events_V1_StockCommitted.eventType:
            return (try event.decode(Souk_Events_V1_StockCommitted.self).orderID, .stockCommitted)
        default:
            return nil
        }
    }

    private func paymentReply(_ event: EventEnvelope) throws -> (order: String, reply: SagaReply)? {
        switch event.type {
        case Souk_Events_V1_PaymentAuthorized.eventType:
            return (try event.decode(Souk_Events_V1_PaymentAuthorized.self).orderID, .paymentAuthorized)
        case Souk_Events_V1_PaymentDeclined.eventType:
            let message = try event.decode(Souk_Events_V1_PaymentDeclined.self)
            return (message.orderID, .paymentDeclined(reason: message.reason))
        case Souk_Events_V1_PaymentVoided.eventType:
            return (try event.decode(Souk_Events_V1_PaymentVoided.self).orderID, .paymentVoided)
        case Souk_Events_V1_PaymentCaptured.eventType:
            let message = try event.decode(Souk_Events_V1_PaymentCaptured.self)
            return (message.orderID, .paymentCaptured(try Money(message.amount)))
        case Souk_Events_V1_PaymentRefunded.eventType:
            let message = try event.decode(Souk_Events_V1_PaymentRefunded.self)
            return (message.orderID, .paymentRefunded(try RefundID(message.refundID), amount: try Money(message.amount)))
        case Souk_Events_V1_PaymentFailed.eventType:
            let message = try event.decode(Souk_Events_V1_PaymentFailed.self)
            guard message.operation == "refund" else { return (message.orderID, .captureFailed(reason: message.reason)) }
            return (message.orderID, .refundFailed(try RefundID(message.refundID), reason: message.reason))
        default:
            return nil
        }
    }
}
